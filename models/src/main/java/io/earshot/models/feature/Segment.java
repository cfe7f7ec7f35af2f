package io.earshot.models.feature;

/**
 * What a segment is beside its patch; travels as the headers of patches and scores.
 *
 * @param session names the run that the segment belongs to; with {@code index} it names the segment
 *     for ever
 * @param index number of the segment in its run, from 0
 * @param startMicros capture time of the first sample, microseconds since the epoch
 * @param coverage share of the patch's 15,600 samples that were really heard, 0 to 1
 * @param rmsDbfs level of the 960 ms, dB relative to full scale (a full-scale square wave is 0)
 * @param envelope levels of each 40 ms of the 960 ms; null if nobody told them
 */
public record Segment(
    String session,
    long index,
    long startMicros,
    double coverage,
    double rmsDbfs,
    Envelope envelope) {
  /** How long a segment is. */
  public static final int MILLIS = Envelope.STEPS * Envelope.STEP_MILLIS;

  public static final long MICROS = MILLIS * 1_000L;

  /** One whose envelope nobody told. */
  public Segment(String session, long index, long startMicros, double coverage, double rmsDbfs) {
    this(session, index, startMicros, coverage, rmsDbfs, null);
  }
}
