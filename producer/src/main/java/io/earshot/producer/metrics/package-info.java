/**
 * What a process tells of itself over HTTP: metrics for Prometheus, whether it lives, whether it is
 * ready. Generic: the roles of the detector serve theirs by it, too.
 *
 * <pre>
 *   ProducerMetrics, or another registry -&gt; MetricsServer -&gt; /metrics
 *   Health, of checks by component       -&gt;               -&gt; /healthz, /readyz
 * </pre>
 *
 * <p>Knows of the rest of the producer only {@link io.earshot.producer.frame frames}, {@link
 * io.earshot.producer.publish where they go} and {@link io.earshot.producer.spool where they wait}.
 */
package io.earshot.producer.metrics;
