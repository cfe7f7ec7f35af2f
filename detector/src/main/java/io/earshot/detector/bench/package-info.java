/**
 * Measuring instruments of {@code earshot bench}: a sound whose events are known, what a segment's
 * capture means for latency, CPU time by stage, memory.
 *
 * <p>Knows no pipeline; {@code app} plays the sound to one and reads the instruments.
 */
package io.earshot.detector.bench;
