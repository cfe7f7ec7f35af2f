package io.earshot.producer.spool;

/** What is counted of frames on their way to Kafka. Called by several threads; must not wait. */
public interface SpoolMetrics {
  SpoolMetrics NONE = new SpoolMetrics() {};

  /** Kafka has acknowledged a frame. */
  default void arrived(String stream) {}

  /** A frame was written to disk. */
  default void spooled(String stream) {}

  /** Frames were lost. */
  default void lost(String stream, Loss reason, int frames) {}

  /** Bytes on disk were not what was written, and were passed over. */
  default void damaged(long bytes) {}

  /** How large the spool's files are now. */
  default void spoolBytes(long bytes) {}

  /** A send has failed for good; what is on its way is sent again. */
  default void sendFailed() {}
}
