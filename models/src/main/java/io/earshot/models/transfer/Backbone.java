package io.earshot.models.transfer;

import io.earshot.models.feature.LogMel;
import io.earshot.models.feature.Segment;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A package's network up to its embedding, on clips cut as the detector cuts streams.
 *
 * <p>The same patch has the same embedding, bit for bit, whatever is in its batch. Any thread.
 */
final class Backbone implements AutoCloseable {
  private static final int BATCH = 64;

  private final ModelPackage model;
  private final Network network;
  private final int size;

  /**
   * @throws PackageException the package gives no embeddings, or does not run
   */
  Backbone(ModelPackage model) throws PackageException {
    this.model = model;
    this.size =
        model
            .embeddingSize()
            .orElseThrow(
                () ->
                    new PackageException(
                        "Model package %s gives no embeddings: no head can be put on it"
                            .formatted(model.name())));
    this.network = Network.open(model, new NetworkOptions(Provider.CPU, 1));
  }

  ModelPackage model() {
    return model;
  }

  /**
   * @param samples at least one
   */
  EmbeddedClip embed(float[] samples) {
    LogMel logMel = new LogMel(model.frontEnd().logOffset());
    SegmentedClip clip = SegmentedClip.of(samples, logMel, (int) model.hop().toMillis());
    List<float[]> embeddings = new ArrayList<>();
    for (int from = 0; from < clip.patches().size(); from += BATCH) {
      int to = Math.min(from + BATCH, clip.patches().size());
      embeddings.addAll(embeddings(clip.patches().subList(from, to)));
    }
    return new EmbeddedClip(
        embeddings,
        clip.segments().stream().map(Segment::rmsDbfs).toList(),
        (double) samples.length / LogMel.SAMPLE_RATE);
  }

  private List<float[]> embeddings(List<float[]> patches) {
    FloatBuffer in = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(in::put);
    FloatBuffer out = Network.buffer(patches.size() * size);
    network.embed(in, patches.size(), out);
    List<float[]> embeddings = new ArrayList<>();
    for (int i = 0; i < patches.size(); i++) {
      float[] embedding = new float[size];
      out.get(i * size, embedding);
      embeddings.add(embedding);
    }
    return embeddings;
  }

  @Override
  public void close() {
    network.close();
  }
}
