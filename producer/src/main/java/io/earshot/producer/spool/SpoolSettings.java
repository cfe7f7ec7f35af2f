package io.earshot.producer.spool;

/**
 * How much a spool holds, and how fast it is emptied.
 *
 * @param maxBytes of its files; when there are more the oldest go
 * @param catchUp how fast the sound of a stream that was held up is sent, in times real time; above
 *     1, or it would never be through
 */
public record SpoolSettings(long maxBytes, double catchUp) {
  public SpoolSettings {
    if (maxBytes < 1 || !(catchUp > 1)) {
      throw new IllegalArgumentException(maxBytes + " bytes, " + catchUp + " times real time");
    }
  }
}
