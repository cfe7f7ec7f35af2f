/**
 * What every stage counts, behind one small interface; knows no registry, Kafka or thread.
 *
 * <p>Called by {@code segment}, {@code inference} and {@code event}; read by {@code app}.
 */
package io.earshot.detector.metrics;
