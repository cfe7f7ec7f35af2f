package io.earshot.models.dataset;

/**
 * A data set that cannot be learnt from: one line that names the file, label or fold and what is
 * allowed, fit to be shown to a user as it is.
 */
public final class DatasetException extends Exception {

  public DatasetException(String message) {
    this(message, null);
  }

  public DatasetException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?"), cause);
  }
}
