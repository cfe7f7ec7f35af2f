package io.earshot.models.dataset;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists folders; what begins with a dot is passed over.
 *
 * <pre>{@code
 * boolean sound = SoundFiles.isSound(Path.of("dog/1.WAV")); // true
 * }</pre>
 */
public final class SoundFiles {

  private static final Pattern SOUND = Pattern.compile("(?i).*\\.(wav|aiff?|au|ogg|mp3|flac)");

  private SoundFiles() {}

  /** Whether its name ends as those of the kinds of sound files do that can be read. */
  public static boolean isSound(Path file) {
    return SOUND.matcher(name(file)).matches();
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** What lies in the folder itself, sorted. */
  static List<Path> entries(Path folder) throws DatasetException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> !name(entry).startsWith(".")).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The sound files in the folder and all folders below it. */
  static List<Path> below(Path folder) throws DatasetException {
    Walk walk = new Walk(folder);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw unreadable(walk.failed, e);
    }
    return walk.sounds;
  }

  static DatasetException unreadable(Path path, IOException reason) {
    String why = reason instanceof AccessDeniedException ? ": no permission" : "";
    return new DatasetException("Cannot read " + path + why, reason);
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path start;
    private final List<Path> sounds = new ArrayList<>();
    private Path failed;

    Walk(Path start) {
      this.start = start;
      this.failed = start;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(start) && name(folder).startsWith(".");
      return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    /** A broken link is listed, for whoever opens it to complain; a pipe or a device never is. */
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean listed = !name(file).startsWith(".") && !attributes.isOther() && isSound(file);
      if (listed) {
        sounds.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
      if (reason instanceof FileSystemLoopException || name(file).startsWith(".")) {
        return FileVisitResult.CONTINUE;
      }
      failed = file;
      throw reason;
    }
  }
}
