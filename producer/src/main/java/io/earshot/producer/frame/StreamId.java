package io.earshot.producer.frame;

/**
 * The name of a stream: 1 to 128 of {@code A-Za-z0-9._-}, so that it can stand in topics, file
 * names, URLs and metrics as it is.
 *
 * <pre>
 * StreamId.of("front door (2).wav")   // "front_door__2_.wav"
 * StreamId.isValid("mic-1")           // true
 * StreamId.check("front door")        // throws IllegalArgumentException
 * </pre>
 */
public final class StreamId {
  public static final int MAX_LENGTH = 128;
  static final int MAX_SESSION_LENGTH = 64;
  static final String ALLOWED = "A-Za-z0-9._-";

  private StreamId() {}

  public static boolean isValid(String id) {
    return isValid(id, MAX_LENGTH);
  }

  /**
   * Refuses what is not valid.
   *
   * @return the same id
   * @throws IllegalArgumentException if it is not valid; the message says what is allowed
   */
  public static String check(String id) {
    if (!isValid(id)) {
      throw new IllegalArgumentException(
          "not a stream id: '%s' (allowed: 1 to %d of %s)".formatted(id, MAX_LENGTH, ALLOWED));
    }
    return id;
  }

  /** Makes a valid id of any name: what is not allowed becomes {@code _}, never empty. */
  public static String of(String anyName) {
    StringBuilder id = new StringBuilder();
    anyName.codePoints().limit(MAX_LENGTH).forEach(c -> id.append(isAllowed(c) ? (char) c : '_'));
    return id.isEmpty() ? "_" : id.toString();
  }

  static boolean isValid(String text, int maxLength) {
    return text != null
        && !text.isEmpty()
        && text.length() <= maxLength
        && text.chars().allMatch(StreamId::isAllowed);
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }
}
