/**
 * What every stage counts, behind one small interface; knows no Kafka and no thread.
 *
 * <pre>
 *   segment, inference, event, alert
 *         |   PipelineMetrics
 *   PrometheusMetrics, AlertMetrics
 *     StreamSeries     of each stream, so many at most
 *     TopScores        the best labels right now
 *     ScoreDrift       LabelDrift, MinuteScores: live scores against those of known clips
 *   ProcessMetrics, LagHistory
 * </pre>
 *
 * <p>Called by {@code segment}, {@code inference}, {@code event} and {@code alert}; built by {@code
 * app}, which has {@link io.earshot.producer.metrics} tell it over HTTP. Prometheus' client is at
 * home here.
 */
package io.earshot.detector.metrics;
