package io.earshot.producer.stream;

/** How fast a source's sound is published. */
public enum Pace {
  /** As fast as it can be read. */
  FAST,
  /** Each frame when its last sample's time has come, as a microphone would. */
  REALTIME
}
