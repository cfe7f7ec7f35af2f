package io.earshot.models.dataset;

import java.util.regex.Pattern;

/** What may be the name of a class. */
final class Label {

  /** The folder or category of sounds that are of no class. */
  static final String BACKGROUND = "background";

  private static final int MAX_CHARACTERS = 64;

  /** Marks too: vowel signs of Indic scripts, and accents as macOS writes them in names. */
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{M}\\p{Nd}._-]+");

  private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{Nd}]");

  private Label() {}

  /**
   * The label, if it may be one.
   *
   * @param where what it was read from, for the message
   */
  static String checked(String label, String where) throws DatasetException {
    boolean allowed =
        ALLOWED.matcher(label).matches()
            && LETTER_OR_DIGIT.matcher(label).find()
            && label.codePointCount(0, label.length()) <= MAX_CHARACTERS;
    if (!allowed) {
      throw new DatasetException(
          "%s: the label \"%s\" cannot be used; allowed are 1 to %d letters of any script, digits, '.', '_' and '-'"
              .formatted(where, shortened(label), MAX_CHARACTERS));
    }
    return label;
  }

  private static String shortened(String label) {
    return label.codePointCount(0, label.length()) <= MAX_CHARACTERS
        ? label
        : label.substring(0, label.offsetByCodePoints(0, MAX_CHARACTERS)) + "...";
  }
}
