package io.earshot.models.dataset;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file tells of its recording and fold. */
final class ClipName {

  /** ESC-50's: fold, recording, take, class; {@code 1-100032-A-0.wav}. The class may be missing. */
  private static final Pattern ESC =
      Pattern.compile("([1-9][0-9]?)-([^-]+)-\\p{L}(-[0-9]+)?\\.[^.]+");

  /** UrbanSound8K's: recording, class, occurrence, slice; {@code 100032-3-0-0.wav}. */
  private static final Pattern URBAN_SOUND =
      Pattern.compile("([0-9]+)-[0-9]+-[0-9]+-[0-9]+\\.[^.]+");

  private static final Pattern TAKE = Pattern.compile("(.+)[-_ .]([0-9]+|\\p{L})\\.[^.]+");

  private ClipName() {}

  static OptionalInt escFold(LabelledFile file) {
    Matcher esc = ESC.matcher(file.fileName());
    return esc.matches() ? OptionalInt.of(Integer.parseInt(esc.group(1))) : OptionalInt.empty();
  }

  static Optional<String> escRecording(LabelledFile file) {
    Matcher esc = ESC.matcher(file.fileName());
    return esc.matches() ? Optional.of(esc.group(2)) : Optional.empty();
  }

  /** Whether the name ends in something that may be the number of a take. */
  static boolean hasTake(LabelledFile file) {
    return TAKE.matcher(file.fileName()).matches();
  }

  /** The name without its take and ending. */
  static String withoutTake(LabelledFile file) {
    Matcher urbanSound = URBAN_SOUND.matcher(file.fileName());
    if (urbanSound.matches()) {
      return urbanSound.group(1);
    }
    Matcher take = TAKE.matcher(file.fileName());
    return take.matches() ? take.group(1) : file.fileName().replaceFirst("\\.[^.]+$", "");
  }
}
