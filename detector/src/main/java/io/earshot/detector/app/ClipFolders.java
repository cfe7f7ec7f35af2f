package io.earshot.detector.app;

import io.earshot.models.dataset.SoundFiles;
import io.earshot.models.train.TrainingClip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Labelled clips out of folders. */
final class ClipFolders {
  /** ESC-50's names: {@code 1-100032-A-0.wav} is of fold 1. */
  private static final Pattern FOLD = Pattern.compile("([1-9][0-9]{0,3})-.*");

  private final LongConsumer progress;
  private long read;

  /**
   * @param progress takes the number of clips read so far
   */
  ClipFolders(LongConsumer progress) {
    this.progress = progress;
  }

  /** A folder per class; each file's name begins with its fold and a hyphen. */
  List<TrainingClip> classes(Path folder) throws UserException {
    List<TrainingClip> clips = new ArrayList<>();
    for (Path label : entries(folder, Files::isDirectory)) {
      for (Path file : sounds(label)) {
        Matcher fold = FOLD.matcher(name(file));
        if (!fold.matches()) {
          throw UserException.wrongUse(
              file + ": the name does not begin with a fold and a hyphen, such as 1-100032-A.ogg");
        }
        clips.add(clip(file, name(label), Integer.parseInt(fold.group(1))));
      }
    }
    if (clips.isEmpty()) {
      throw UserException.wrongUse(folder + ": no folders with sound files in them");
    }
    return clips;
  }

  /**
   * One class out of one folder. Files whose names have the same letters, such as those of one
   * speaker, share a fold; the groups take the folds in turn.
   */
  List<TrainingClip> oneClass(String label, Path folder, List<Integer> folds) throws UserException {
    List<Path> files = sounds(folder);
    List<String> groups = files.stream().map(ClipFolders::letters).distinct().sorted().toList();
    if (groups.size() < 2) {
      throw UserException.wrongUse(
          folder
              + ": the letters of a file's name are its group, such as a speaker, and all are of one"
              + " group; two are needed to judge by");
    }
    List<TrainingClip> clips = new ArrayList<>();
    for (Path file : files) {
      clips.add(clip(file, label, folds.get(groups.indexOf(letters(file)) % folds.size())));
    }
    return clips;
  }

  private TrainingClip clip(Path file, String label, int fold) throws UserException {
    try {
      float[] samples = ClipReader.read(file);
      if (samples.length == 0) {
        throw UserException.wrongUse(file + ": holds no sound");
      }
      progress.accept(++read);
      return new TrainingClip(file.toString(), label, fold, samples);
    } catch (IOException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  /** The sound files in a folder, sorted. */
  static List<Path> sounds(Path folder) throws UserException {
    return entries(folder, SoundFiles::isSound);
  }

  private static List<Path> entries(Path folder, Predicate<Path> chosen) throws UserException {
    if (!Files.isDirectory(folder)) {
      throw UserException.wrongUse(folder + ": no such folder");
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(chosen).sorted().toList();
    } catch (IOException e) {
      throw UserException.wrongUse(folder + ": cannot be read", e);
    }
  }

  private static String letters(Path file) {
    String name = name(file);
    return name.substring(0, name.lastIndexOf('.')).replaceAll("[^\\p{L}]", "");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
