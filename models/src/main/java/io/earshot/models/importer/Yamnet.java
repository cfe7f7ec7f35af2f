package io.earshot.models.importer;

import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Google's YAMNet, from its TensorFlow Lite file. */
record Yamnet(RemoteFile weights) implements PublicModel {

  static final Yamnet PUBLISHED =
      new Yamnet(
          new RemoteFile(
              "yamnet.tflite",
              URI.create(
                  "https://storage.googleapis.com/tfhub-lite-models/google/lite-model/yamnet/"
                      + "classification/tflite/1.tflite"),
              "10c95ea3eb9a7bb4cb8bddf6feb023250381008177ac162ce169694d05c317de",
              4_126_810));

  static final FrontEnd FRONT_END = FrontEnd.vggish(0.001);

  private static final String VERSION = "1";
  private static final String LICENCE = "Apache-2.0";
  private static final int HOP_MILLIS = 960;
  private static final float THRESHOLD = 0.3f;
  private static final Manifest.Accuracy ACCURACY =
      new Manifest.Accuracy(0.9688, "top label, among the ten classes, of 320 ESC-10 clips");

  private static final String ABOUT =
      """
      # yamnet

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

      """;

  @Override
  public String name() {
    return "yamnet";
  }

  @Override
  public List<RemoteFile> files() {
    return List.of(weights);
  }

  @Override
  public long heapBytes() {
    return 50_000_000;
  }

  @Override
  public PackageContent convert(List<Path> fetched, Path folder) throws PackageException {
    TfliteImporter.Imported imported = TfliteImporter.read(fetched.get(0), name(), FRONT_END);
    return new PackageContent(name(), VERSION, LICENCE)
        .source(new Manifest.Source(weights.address().toString(), weights.sha256()))
        .card(card(imported))
        .network(imported.onnx(), NetworkTranslation.PATCHES, FRONT_END, HOP_MILLIS)
        .embedding(imported.embeddingSize())
        .scores(imported.labels(), new Manifest.Thresholds(THRESHOLD, Map.of()))
        .accuracy(ACCURACY);
  }

  @Override
  public void check(ModelPackage staged) throws PackageException {
    TrialRun.of(staged);
  }

  private String card(TfliteImporter.Imported imported) {
    return ABOUT
        + """
        | | |
        | --- | --- |
        | version | %s |
        | licence of the weights | %s |
        | source | <%s> |
        | sha256 of the source | `%s` |
        | input | `%s`, N x %d x %d float32: log-mel patches, log(mel + %s) |
        | output `embedding` | N x %d float32, what the classifier sees |
        | output `scores` | N x %d float32, 0 to 1 |
        | labels | %d, in `labels.csv` in the order of the scores |
        | default threshold | %s |

        Converted by Earshot from the TensorFlow Lite file: the 8-bit weights are dequantised, all
        arithmetic is float32, and the graph starts at the patch, since Earshot computes the
        front end itself.
        """
            .formatted(
                VERSION,
                LICENCE,
                weights.address(),
                weights.sha256(),
                NetworkTranslation.PATCHES,
                FRONT_END.frames(),
                FRONT_END.bands(),
                FRONT_END.logOffset(),
                imported.embeddingSize(),
                imported.labels().size(),
                imported.labels().size(),
                THRESHOLD);
  }
}
