package io.earshot.producer.net;

/**
 * Whether somebody may send.
 *
 * @param stream to which; null if not
 * @param refusal why not; null if so
 */
record Admission(IngestStream stream, Refusal refusal) {
  static Admission of(IngestStream stream) {
    return new Admission(stream, null);
  }

  static Admission refused(Refusal refusal) {
    return new Admission(null, refusal);
  }

  boolean isRefused() {
    return refusal != null;
  }
}
