package io.earshot.models.quantize;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import io.earshot.models.onnx.OnnxFile;
import io.earshot.models.onnx.TrialRun;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import io.earshot.models.pack.Quantised;
import io.earshot.models.transfer.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Static quantisation of a package: ranges from real sound, a network of integers, and the
 * comparison with what it was made of.
 *
 * <pre>{@code
 * QuantizeRun.Written written = new QuantizeRun(request, listener).write(packages);
 * written.summary().forEach(System.out::println); // "embedding: cosine 0.9995 ..."
 * }</pre>
 */
public final class QuantizeRun {
  private static final int PATCHES = 1024;
  private static final int LEAST_PATCHES = 5;

  private final QuantizeRequest request;
  private final Listener listener;
  private final ClipPatches hearing;

  public QuantizeRun(QuantizeRequest request, Listener listener) {
    this.request = request;
    this.listener = listener;
    this.hearing = new ClipPatches(request.model(), request.reader());
  }

  /**
   * What came of it.
   *
   * @param skipped name of each clip that could not be heard, and why
   * @param summary the comparison, in lines
   */
  public record Written(Path directory, Map<String, String> skipped, List<String> summary) {}

  /**
   * Runs all of it.
   *
   * @throws DatasetException too few clips can be read
   * @throws PackageException the network cannot be quantised, the comparison fails or the package
   *     cannot be written; then nothing is
   */
  public Written write(Path packagesDirectory) throws DatasetException, PackageException {
    ModelPackage model = request.model();
    if (model.manifest().quantised() != null) {
      throw new PackageException("Model package %s: is quantised already".formatted(model.name()));
    }
    try {
      Path network = request.temporary().resolve("int8.onnx");
      ModelProto source = OnnxFile.read(model.network());
      QdqPlan plan = plan(source.getGraph());
      String method = quantize(source, plan, network);
      return written(network, plan, method, packagesDirectory);
    } catch (IOException e) {
      throw new PackageException(
          "Cannot quantise %s: %s".formatted(model.name(), PackageException.reason(e)), e);
    }
  }

  private QdqPlan plan(GraphProto graph) throws PackageException {
    QdqPlan plan = QdqPlan.of(graph, NetworkFile.EMBEDDING);
    if (plan.layers().isEmpty()) {
      throw new PackageException(
          "Model package %s: has no convolution and no matrix product before its embedding that could be computed in integers"
              .formatted(request.model().name()));
    }
    return plan;
  }

  /** Writes the network; how it was made, in words. */
  private String quantize(ModelProto source, QdqPlan plan, Path network)
      throws IOException, DatasetException, PackageException {
    List<float[]> patches = patches();
    listener.begins("Observing ranges");
    Map<String, Range> ranges = new HashMap<>();
    try {
      RangeObserver.observe(
              source,
              new TreeSet<>(plan.sources().values()),
              patches,
              request.temporary(),
              done -> listener.step(done, patches.size()))
          .forEach((tensor, seen) -> ranges.put(tensor, request.ranges().of(seen)));
    } catch (ArithmeticException e) {
      throw new PackageException(
          "Model package %s: %s".formatted(request.model().name(), e.getMessage()), e);
    }
    GraphProto graph = QdqGraph.of(source.getGraph(), plan, ranges);
    OnnxFile.write(source.toBuilder().setGraph(graph).build(), network);
    return "Static int8 (QDQ): uint8 activations, int8 weights per channel, ranges by %s over %d patches of %d clips"
        .formatted(request.ranges(), patches.size(), request.clips().calibration().size());
  }

  private List<float[]> patches() throws DatasetException {
    listener.begins("Hearing clips");
    List<LabelledFile> clips = request.clips().calibration();
    List<float[]> patches = new ArrayList<>();
    long done = 0;
    for (LabelledFile clip : clips) {
      patches.addAll(hearing.of(clip, Math.max(1, PATCHES / clips.size())));
      listener.step(++done, clips.size());
    }
    if (patches.size() < LEAST_PATCHES) {
      throw new DatasetException(
          "Too little can be heard of the clips: %d patches, at least %d are needed"
              .formatted(patches.size(), LEAST_PATCHES));
    }
    return patches;
  }

  private Written written(Path network, QdqPlan plan, String method, Path packagesDirectory)
      throws IOException, DatasetException, PackageException {
    ModelPackage model = request.model();
    PackageContent content =
        QuantizedPackage.content(model, request.name(), network, request.command());
    Path trial = request.temporary().resolve("trial");
    ModelPackage staged =
        ModelPackage.load(PackageWriter.write(content.card("# trial\n"), trial, written -> {}));
    Quantised.Comparison compared =
        new NetworkComparison(model, staged, request.labels())
            .run(request.clips(), hearing, listener);
    List<String> summary = QuantizedCard.summary(compared);
    if (compared.fault().isPresent()) {
      throw new PackageException(
          "%s is not written: %s (%s)"
              .formatted(request.name(), compared.fault().get(), String.join("; ", summary)));
    }
    listener.begins("Writing");
    Quantised quantised = new Quantised(model.identity(), method, compared);
    QuantizedPackage.addComparison(content, model, quantised);
    content.card(
        QuantizedCard.markdown(
            request.name(),
            quantised,
            List.copyOf(plan.layers().keySet()),
            request.command(),
            originalCard()));
    Path directory = PackageWriter.write(content, packagesDirectory, TrialRun::of);
    PackageWriter.deleteLeftovers(directory);
    return new Written(directory, hearing.skipped(), summary);
  }

  private String originalCard() throws IOException {
    Path card = request.model().directory().resolve("card.md");
    return Files.exists(card) ? Files.readString(card) : "None.";
  }
}
