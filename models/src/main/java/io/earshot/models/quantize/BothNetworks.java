package io.earshot.models.quantize;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A network before and after, asked the same. */
final class BothNetworks implements AutoCloseable {
  private final ModelPackage model;
  private final Network before;
  private final Network after;

  private BothNetworks(ModelPackage model, Network before, Network after) {
    this.model = model;
    this.before = before;
    this.after = after;
  }

  static BothNetworks open(ModelPackage model, ModelPackage quantised) throws PackageException {
    NetworkOptions options = new NetworkOptions(Provider.CPU, 0);
    Network before = Network.open(model, options);
    try {
      return new BothNetworks(model, before, Network.open(quantised, options));
    } catch (PackageException e) {
      before.close();
      throw e;
    }
  }

  /** What both answer, patch by patch. */
  record Answers(List<float[]> before, List<float[]> after) {}

  /** None for a package that gives none. */
  Optional<Answers> embeddings(List<float[]> patches) {
    return model.embeddingSize().isEmpty()
        ? Optional.empty()
        : Optional.of(answers(patches, model.embeddingSize().getAsInt(), Network::embed));
  }

  /** None for a backbone. */
  Optional<Answers> scores(List<float[]> patches) {
    return model.hasScores()
        ? Optional.of(answers(patches, model.classes(), Network::score))
        : Optional.empty();
  }

  private interface Question {
    void ask(Network network, FloatBuffer patches, int count, FloatBuffer values);
  }

  private Answers answers(List<float[]> patches, int size, Question question) {
    FloatBuffer batch = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(batch::put);
    return new Answers(
        answer(before, batch, patches.size(), size, question),
        answer(after, batch, patches.size(), size, question));
  }

  private static List<float[]> answer(
      Network network, FloatBuffer batch, int count, int size, Question question) {
    FloatBuffer values = Network.buffer(count * size);
    question.ask(network, batch, count, values);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] row = new float[size];
      values.get(i * size, row);
      rows.add(row);
    }
    return rows;
  }

  @Override
  public void close() {
    before.close();
    after.close();
  }
}
