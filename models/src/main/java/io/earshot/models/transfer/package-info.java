/**
 * Heads of the user's own: from sound files and a backbone to a model package with a report.
 *
 * <pre>
 * dataset.Dataset -> ClipEmbedder (SoundReader, SegmentNetwork, EmbeddingCache) -> Material
 *                        Duplicates, MadeNoise, Mixtures -------------------------^   |
 *                                                                                     v
 *     head.DenseHead &lt;- evaluate.Calibration &lt;- CrossValidation (Split, head.HeadTrainer)
 *           |                                                |
 *           v                                                v
 *     HeadPackage &lt;- evaluate.ClipReport, HeadCard &lt;- ClassThresholds
 *           |
 *           v
 *     NoiseCheck -> pack.PackageWriter -> a package
 * </pre>
 *
 * <p>{@code HeadRun} does all of this; {@code TeacherRun} has another model's scores ({@code
 * Lesson}) in the place of labels; {@code ClipJudge} judges a finished package by the same clips.
 * Hears with {@code feature} and {@code onnx} what the detector hears, makes noise with {@code
 * synth}, builds the network with {@code onnx} and {@code head}. Knows no library: the trainers are
 * in {@code head} and {@code train}, decoders come in as a {@code SoundReader}.
 */
package io.earshot.models.transfer;
