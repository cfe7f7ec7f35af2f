package io.earshot.models.importer;

/** What is wrong with a checkpoint or NumPy file, or what Earshot does not read of it: one line. */
final class FormatException extends RuntimeException {
  FormatException(String message) {
    super(message);
  }
}
