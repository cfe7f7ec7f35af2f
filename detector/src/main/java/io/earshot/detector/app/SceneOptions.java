package io.earshot.detector.app;

import io.earshot.models.evaluate.soundscape.Background;
import io.earshot.models.evaluate.soundscape.SoundscapeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How many scenes are mixed, and how. */
final class SceneOptions {
  private static final int MOST = 10_000;

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Mixes so many scenes of the clips in --data and streams them; 1 to 10000.")
  private Integer scenes;

  @Option(
      names = "--background",
      paramLabel = "DIR",
      description = "Sound files to mix over; else room tone, noise and fans are made.")
  private Path background;

  @Option(
      names = "--snr",
      paramLabel = "DB",
      split = ",",
      description = "Signal-to-noise ratios that events are drawn at; 20,10,0 by default.")
  private List<Double> snrs = List.of(20.0, 10.0, 0.0);

  @Option(
      names = "--scene-seconds",
      paramLabel = "SECONDS",
      description = "How long a scene is, 10 to 3600; 60 by default.")
  private double seconds = 60;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all that is drawn; 1 by default. Equal seeds give equal scenes.")
  private long seed = 1;

  @Option(
      names = "--scenes-out",
      paramLabel = "DIR",
      description = "Keeps the scenes: WAV files, reference.txt and estimated.txt.")
  private Path out;

  int scenes() throws UserException {
    if (scenes < 1 || scenes > MOST) {
      throw UserException.wrongUse("--scenes must be 1 to " + MOST);
    }
    return scenes;
  }

  SoundscapeSettings settings() throws UserException {
    try {
      return new SoundscapeSettings(seconds, snrs, seed);
    } catch (IllegalArgumentException e) {
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  Background background() throws UserException {
    return background == null ? Background.made() : FolderBackground.of(background);
  }

  /** As the report names it. */
  String backgroundName() {
    return background == null ? "made" : background.toString();
  }

  /** The folder that takes the scenes, which now exists; null if they are not kept. */
  Path out() throws UserException {
    try {
      return out == null ? null : Files.createDirectories(out);
    } catch (IOException e) {
      throw UserException.wrongUse(out + ": cannot be made a folder", e);
    }
  }
}
