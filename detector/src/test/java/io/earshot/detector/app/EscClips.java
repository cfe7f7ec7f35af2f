package io.earshot.detector.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Small data sets of ESC-10's clips: a folder per class, folds in the files' names. */
final class EscClips {
  private EscClips() {}

  /** The first clips of each class in each of the four folds. */
  static Path copy(Path data, int clipsPerFold, String... labels) throws IOException {
    for (String label : labels) {
      Path into = Files.createDirectories(data.resolve(label));
      for (Path clip : first(label, clipsPerFold)) {
        Files.copy(clip, into.resolve(clip.getFileName()));
      }
    }
    return data;
  }

  private static List<Path> first(String label, int clipsPerFold) throws IOException {
    Map<Character, Integer> ofFold = new HashMap<>();
    try (Stream<Path> files = Files.list(Shared.path("audio/esc10").resolve(label))) {
      return files
          .sorted()
          .filter(
              file ->
                  ofFold.merge(file.getFileName().toString().charAt(0), 1, Integer::sum)
                      <= clipsPerFold)
          .toList();
    }
  }

  /** Four files of a class, named as its clips, that nobody can learn from. */
  static List<String> addDamaged(Path data, String label) throws IOException {
    byte[] silence = TestWav.mono16k(new byte[32_000]);
    Map<String, byte[]> damaged =
        Map.of(
            label + "/1-900001-A.wav",
            new byte[0],
            label + "/2-900002-A.wav",
            "this is no sound\n".getBytes(UTF_8),
            label + "/3-900003-A.wav",
            silence,
            label + "/4-900004-A.wav",
            Arrays.copyOf(silence, 22));
    for (Map.Entry<String, byte[]> file : damaged.entrySet()) {
      Files.write(data.resolve(file.getKey()), file.getValue());
    }
    return damaged.keySet().stream().sorted().toList();
  }

  /** All clips below the folder, sorted. */
  static List<Path> in(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(file -> file.toString().endsWith(".ogg")).sorted().toList();
    }
  }
}
