package io.earshot.models.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** The pictures, drawn by XChart without a screen. */
final class Charts implements Pictures {
  @Override
  public List<Path> draw(
      ClipEvaluation evaluation, Path directory, WorstMistakes.Sounds sounds, List<String> notes)
      throws IOException {
    // Before the first class of AWT: a thread of its event queue would keep the process alive.
    System.setProperty("java.awt.headless", "true");
    ImageIO.setUseCache(false);
    List<Path> written = new ArrayList<>();
    if (!evaluation.clips().isEmpty()) {
      BufferedImage confusion = ConfusionPicture.draw(evaluation.confusion());
      written.add(write(confusion, directory.resolve(CONFUSION)));
    }
    if (!evaluation.labelled().isEmpty()) {
      BufferedImage curves = PrecisionRecallPicture.draw(evaluation);
      written.add(write(curves, directory.resolve(PRECISION_RECALL)));
    }
    written.add(write(ScoresPicture.draw(evaluation), directory.resolve(SCORES)));
    List<WorstMistakes.Mistake> mistakes = WorstMistakes.of(evaluation, MISTAKES);
    for (int i = 0; i < mistakes.size(); i++) {
      float[] samples = samples(mistakes.get(i).clip().name(), sounds, notes);
      if (samples.length > 0) {
        BufferedImage picture = new MistakePicture(evaluation, mistakes.get(i), samples).draw();
        written.add(write(picture, directory.resolve(Pictures.mistake(i + 1))));
      }
    }
    return written;
  }

  /** None where they cannot be read. */
  private static float[] samples(String name, WorstMistakes.Sounds sounds, List<String> notes) {
    try {
      return sounds.samples(name);
    } catch (IOException e) {
      notes.add("There is no picture of %s: %s".formatted(name, e.getMessage()));
      return new float[0];
    }
  }

  private static Path write(BufferedImage picture, Path file) throws IOException {
    if (!ImageIO.write(picture, "png", file.toFile())) {
      throw new IOException(file + ": this Java has no PNG encoder");
    }
    return file;
  }
}
