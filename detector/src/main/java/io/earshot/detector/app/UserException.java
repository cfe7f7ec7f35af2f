package io.earshot.detector.app;

/** Something that the user can mend; the message is one line for them. */
final class UserException extends Exception {
  static final int FAILED = 1;
  static final int WRONG_USE = 2;

  final int status;

  private UserException(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Wrong usage or configuration: exit status 2. */
  static UserException wrongUse(String message, Throwable cause) {
    return new UserException(WRONG_USE, message, cause);
  }

  static UserException wrongUse(String message) {
    return wrongUse(message, null);
  }

  /** Failed at work: exit status 1. */
  static UserException failed(String message, Throwable cause) {
    return new UserException(FAILED, message, cause);
  }
}
