package io.earshot.detector.app;

/** How an evaluation is printed. */
enum ReportFormat {
  /** Tables for people. */
  TEXT,
  /** One JSON object. */
  JSON
}
