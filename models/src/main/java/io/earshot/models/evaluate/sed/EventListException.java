package io.earshot.models.evaluate.sed;

/**
 * A list of events that cannot be read, or two that do not belong together: one line that names the
 * file and, of a bad line, its number; fit to be shown to a user as it is.
 */
public final class EventListException extends Exception {
  EventListException(String message) {
    super(message);
  }

  EventListException(String message, Throwable cause) {
    super(message, cause);
  }
}
