package io.earshot.detector.app;

/** How models are printed. */
enum ModelFormat {
  /** For people. */
  TEXT,
  /** One JSON object a line. */
  JSONL
}
