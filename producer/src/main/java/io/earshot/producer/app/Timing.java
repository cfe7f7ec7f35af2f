package io.earshot.producer.app;

import io.earshot.producer.stream.Pace;

/** When sound that is fetched was captured, and how fast it is fetched. */
enum Timing {
  /** As it comes: when it is here. */
  LIVE,
  /** Held back so that it comes in real time: when it is here. */
  PLAYED,
  /** As fast as it goes: as the number of its samples says, from when the first was here. */
  READ_AHEAD;

  /** Of what is there at once. */
  static Timing of(Pace pace) {
    return pace == Pace.FAST ? READ_AHEAD : PLAYED;
  }
}
