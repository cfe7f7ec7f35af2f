package io.earshot.producer.stream;

/**
 * How files are played.
 *
 * @param loop whether they begin again when they are over, as one stream
 */
public record Playback(Pace pace, boolean loop) {
  /** Once, in real time. */
  public static final Playback DEFAULT = new Playback(Pace.REALTIME, false);
}
