package io.earshot.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.earshot.models.evaluate.Platt;
import io.earshot.models.head.DenseLayer;
import java.util.ArrayList;
import java.util.List;

/** Dense layers while they are trained, each but the last with a rectifier and dropout. */
final class Perceptron {
  private final List<Block> layers = new ArrayList<>();
  private final SequentialBlock block = new SequentialBlock();

  /** Layers to be initialised. */
  Perceptron(List<Integer> hidden, double dropout, int classes) {
    for (int units : hidden) {
      add(units);
      block.add(Activation.reluBlock());
      block.add(Dropout.builder().optRate((float) dropout).build());
    }
    add(classes);
  }

  private void add(int units) {
    Block layer = Linear.builder().setUnits(units).build();
    layers.add(layer);
    block.add(layer);
  }

  /** Takes N standardised embeddings; gives logits. */
  Block block() {
    return block;
  }

  /**
   * Has the last layer's biases begin at how often each class is heard: steps that would only lower
   * hundreds of rare classes need not be taken.
   */
  void startAt(List<float[]> targets) {
    float[] logits = new float[targets.get(0).length];
    for (int c = 0; c < logits.length; c++) {
      double sum = 0;
      for (float[] target : targets) {
        sum += target[c];
      }
      // As if one more example were on each side.
      logits[c] = (float) Platt.logit((sum + 1) / (targets.size() + 2));
    }
    Block last = layers.get(layers.size() - 1);
    last.setInitializer((manager, shape, type) -> manager.create(logits, shape), "bias");
  }

  /** What has been learnt so far. */
  List<DenseLayer> layers() {
    List<DenseLayer> learnt = new ArrayList<>();
    for (Block layer : layers) {
      float[] weights = parameter(layer, "weight").toFloatArray();
      float[] bias = parameter(layer, "bias").toFloatArray();
      learnt.add(new DenseLayer(weights.length / bias.length, bias.length, weights, bias));
    }
    return learnt;
  }

  private static NDArray parameter(Block layer, String name) {
    return layer.getDirectParameters().get(name).getArray();
  }
}
