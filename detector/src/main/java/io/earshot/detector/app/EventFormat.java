package io.earshot.detector.app;

/** How events are printed. */
enum EventFormat {
  /** For people: columns. */
  TEXT,
  /** The event contract, one JSON object a line. */
  JSONL,
  /** onset, offset and label in seconds, separated by tabs. */
  TSV
}
