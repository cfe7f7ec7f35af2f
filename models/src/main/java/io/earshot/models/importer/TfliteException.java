package io.earshot.models.importer;

/** What is wrong with a TFLite file, or what Earshot does not support in it: one line. */
final class TfliteException extends RuntimeException {
  TfliteException(String message) {
    super(message);
  }
}
