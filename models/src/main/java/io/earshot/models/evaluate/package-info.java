/**
 * What is measured of models: clips that a model scored and had not learnt from, reports and
 * pictures of them. Lists of events against the truth are in {@code sed}, scenes whose truth is
 * known in {@code soundscape}.
 *
 * <pre>
 * JudgedClip -> Thresholds -> one threshold per class
 *            -> ClipEvaluation (LabelScores, ConfusionMatrix, CalibrationError)
 *                 -> ClipReport: report.md, report.json, summary, Charts
 * </pre>
 *
 * <p>{@code feature} computes the log-mel of the worst mistakes. The measures are pure; only {@link
 * io.earshot.models.evaluate.ClipReport} writes files. The only package that knows XChart and AWT.
 */
package io.earshot.models.evaluate;
