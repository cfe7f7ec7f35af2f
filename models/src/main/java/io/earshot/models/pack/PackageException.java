package io.earshot.models.pack;

/**
 * A model package that cannot be found, read, installed or written: one line that names the package
 * and what is wrong with it, fit to be shown to a user as it is.
 */
public final class PackageException extends Exception {

  public PackageException(String message) {
    this(message, null);
  }

  public PackageException(String message, Throwable cause) {
    super(message.strip().replaceAll("\\s*\\R\\s*", " "), cause);
  }

  /** The message of an exception, or its kind when it has none: "NoSuchFileException: a.onnx". */
  public static String reason(Throwable cause) {
    String kind = cause.getClass().getSimpleName();
    return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
  }
}
