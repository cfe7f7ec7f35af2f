package io.earshot.detector.app;

import io.earshot.models.evaluate.soundscape.Background;
import io.earshot.models.evaluate.soundscape.LoopedSound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** A piece of any recording in a folder, at the level that it was recorded with. */
final class FolderBackground implements Background {
  private final List<Path> files;

  private FolderBackground(List<Path> files) {
    this.files = files;
  }

  /**
   * @throws UserException there is no such folder, or no sound file in it
   */
  static FolderBackground of(Path folder) throws UserException {
    List<Path> files = ClipFolders.sounds(folder);
    if (files.isEmpty()) {
      throw UserException.wrongUse(folder + ": no sound files in it");
    }
    return new FolderBackground(files);
  }

  @Override
  public float[] make(RandomGenerator random, int samples) throws IOException {
    Path file = files.get(random.nextInt(files.size()));
    float[] recording = ClipReader.read(file);
    if (recording.length == 0) {
      throw new IOException(file + ": holds no sound");
    }
    return LoopedSound.of(recording, random, samples);
  }
}
