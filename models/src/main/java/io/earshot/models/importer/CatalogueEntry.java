package io.earshot.models.importer;

import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A public model that Earshot can install, pinned by its digest.
 *
 * @param address where the file is
 * @param sha256 of that file
 * @param bytes its size
 * @param licence SPDX identifier of the weights' licence
 * @param threshold default decision threshold
 * @param about first paragraphs of the card, in Markdown
 */
record CatalogueEntry(
    String name,
    String version,
    URI address,
    String sha256,
    long bytes,
    String licence,
    FrontEnd frontEnd,
    int hopMillis,
    float threshold,
    String about) {

  private static final CatalogueEntry YAMNET =
      new CatalogueEntry(
          "yamnet",
          "1",
          URI.create(
              "https://storage.googleapis.com/tfhub-lite-models/google/lite-model/yamnet/"
                  + "classification/tflite/1.tflite"),
          "10c95ea3eb9a7bb4cb8bddf6feb023250381008177ac162ce169694d05c317de",
          4_126_810,
          "Apache-2.0",
          FrontEnd.vggish(0.001),
          960,
          0.3f,
          """
          Google's YAMNet: a MobileNet v1 trained on AudioSet that scores the sound of about a
          second for each of 521 classes, from speech to engines. The scores are independent
          (sigmoid, several classes may be heard at once) and, as its authors say, not calibrated
          from class to class.

          A threshold of 0.3 for all is where missing and imagining balance: at 0.3, 77 % of 320
          ESC-10 clips (5 s, 5 segments each) raise a label of their own class in some segment, and
          100 clips raise 4 labels of the nine other classes; at 0.2 it is 83 % and 8, at 0.5 69 %
          and 0.3. Raise or lower it per label under `thresholds.labels` in `model.yaml`.

          The label heard most in a clip, among those of the ten classes, is the clip's own for
          310 of the 320 clips (96.9 %), streamed through the whole pipeline.
          """);

  private static final Map<String, CatalogueEntry> ENTRIES =
      new TreeMap<>(Map.of(YAMNET.name(), YAMNET));

  static Optional<CatalogueEntry> find(String name) {
    return Optional.ofNullable(ENTRIES.get(name));
  }

  static List<String> names() {
    return List.copyOf(ENTRIES.keySet());
  }

  Manifest.Source source() {
    return new Manifest.Source(address.toString(), sha256);
  }

  /** What the file may be called in a mirror: as at its address, or by the model's name. */
  List<String> fileNames() {
    String path = address.getPath();
    return List.of(path.substring(path.lastIndexOf('/') + 1), name + ".tflite");
  }
}
