package io.earshot.models.dataset;

import java.nio.file.Path;

/** Names of files that are the same on every system. */
final class RelativeName {

  private RelativeName() {}

  /** The path below the folder with {@code /}; the whole path of a file that is elsewhere. */
  static String of(Path folder, Path file) {
    Path base = folder.toAbsolutePath().normalize();
    Path whole = file.toAbsolutePath().normalize();
    Path shown = whole.startsWith(base) ? base.relativize(whole) : whole;
    return shown.toString().replace(shown.getFileSystem().getSeparator(), "/");
  }
}
