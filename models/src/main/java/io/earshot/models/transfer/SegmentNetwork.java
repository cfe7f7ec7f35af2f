package io.earshot.models.transfer;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.Manifest.NetworkFile;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A package's network, for one of its outputs, on clips cut as the detector cuts streams.
 *
 * <p>The same patch gives the same values, bit for bit, whatever is in its batch. Any thread.
 */
final class SegmentNetwork implements AutoCloseable {
  private static final int BATCH = 64;

  private final ModelPackage model;
  private final Duration hop;
  private final Network network;
  private final String name;
  private final Output output;
  private final int size;

  /** What is asked of the network. */
  private interface Output {
    void run(FloatBuffer patches, int count, FloatBuffer values);
  }

  private SegmentNetwork(
      ModelPackage model, Duration hop, Network network, String name, Output output, int size) {
    this.model = model;
    this.hop = hop;
    this.network = network;
    this.name = name;
    this.output = output;
    this.size = size;
  }

  /** A backbone: each segment's embedding. */
  static SegmentNetwork embedding(ModelPackage model) throws PackageException {
    int size =
        model
            .embeddingSize()
            .orElseThrow(
                () ->
                    new PackageException(
                        "Model package %s gives no embeddings: no head can be put on it"
                            .formatted(model.name())));
    Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1));
    return new SegmentNetwork(
        model, model.hop(), network, NetworkFile.EMBEDDING, network::embed, size);
  }

  /** A classifier: each segment's scores. */
  static SegmentNetwork scores(ModelPackage model, Duration hop) throws PackageException {
    Network network = Network.open(model, new NetworkOptions(Provider.CPU, 1));
    return new SegmentNetwork(
        model, hop, network, NetworkFile.SCORES, network::score, model.classes());
  }

  int hopSamples() {
    return (int) hop.toMillis() * (LogMel.SAMPLE_RATE / 1000);
  }

  /** All that its values depend on beside the sound. */
  String digest() {
    Manifest manifest = model.manifest();
    return String.join(
        " ",
        manifest.files().get(manifest.network().file()),
        manifest.frontEnd().toString(),
        hop.toString(),
        name);
  }

  /**
   * @param samples at least one
   */
  EmbeddedClip hear(float[] samples) {
    LogMel logMel = new LogMel(model.frontEnd().logOffset());
    SegmentedClip clip = SegmentedClip.of(samples, logMel, (int) hop.toMillis());
    List<float[]> values = new ArrayList<>();
    for (int from = 0; from < clip.patches().size(); from += BATCH) {
      int to = Math.min(from + BATCH, clip.patches().size());
      values.addAll(values(clip.patches().subList(from, to)));
    }
    return new EmbeddedClip(
        values,
        clip.segments().stream().map(Segment::rmsDbfs).toList(),
        (double) samples.length / LogMel.SAMPLE_RATE);
  }

  private List<float[]> values(List<float[]> patches) {
    FloatBuffer in = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(in::put);
    FloatBuffer out = Network.buffer(patches.size() * size);
    output.run(in, patches.size(), out);
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < patches.size(); i++) {
      float[] segment = new float[size];
      out.get(i * size, segment);
      values.add(segment);
    }
    return values;
  }

  @Override
  public void close() {
    network.close();
  }
}
