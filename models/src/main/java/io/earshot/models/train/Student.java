package io.earshot.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;

/**
 * The network while it is trained: {@link BackboneShape} with batch normalisation, dropout, and a
 * second head, dropped later, that foretells the teacher's logits.
 */
final class Student {
  private static final float DROPOUT = 0.3f;
  private static final float EPSILON = 1e-5f;

  private final List<Block> convolutions = new ArrayList<>();
  private final List<Block> norms = new ArrayList<>();
  private final Block embedding = Linear.builder().setUnits(BackboneShape.EMBEDDING).build();
  private final Block head;
  private final Block block;

  /**
   * A network to be initialised.
   *
   * @param teacherValues of the second head; 0 for none
   */
  Student(int classes, int teacherValues) {
    head = Linear.builder().setUnits(classes).build();
    SequentialBlock labels =
        new SequentialBlock()
            .add(Activation.reluBlock())
            .add(Dropout.builder().optRate(DROPOUT).build())
            .add(head);
    ParallelBlock heads =
        new ParallelBlock(
            outputs -> {
              NDList all = new NDList();
              outputs.forEach(all::addAll);
              return all;
            });
    heads.add(labels);
    if (teacherValues > 0) {
      heads.add(Linear.builder().setUnits(teacherValues).build());
    }
    block = trunk().add(heads);
  }

  private SequentialBlock trunk() {
    SequentialBlock trunk = new SequentialBlock();
    for (int i = 0; i < BackboneShape.WIDTHS.size(); i++) {
      convolutions.add(convolution(BackboneShape.WIDTHS.get(i)));
      norms.add(BatchNorm.builder().optEpsilon(EPSILON).build());
      trunk.add(convolutions.get(i)).add(norms.get(i)).add(Activation.reluBlock());
      if (BackboneShape.POOLED.get(i)) {
        trunk.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
      }
    }
    return trunk.add(new LambdaBlock(Student::globalPool)).add(embedding);
  }

  private static Block convolution(int filters) {
    return Conv2d.builder()
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optBias(false)
        .setFilters(filters)
        .build();
  }

  private static NDList globalPool(NDList input) {
    NDArray bands = input.singletonOrThrow().mean(new int[] {3});
    return new NDList(bands.mean(new int[] {2}).add(bands.max(new int[] {2})));
  }

  /** Takes N x 1 x 96 x 64, scaled; gives logits and, with a teacher, N x its values. */
  Block block() {
    return block;
  }

  /** What has been learnt so far. */
  NetworkWeights weights() {
    List<NetworkWeights.Layer> layers = new ArrayList<>();
    int inputs = 1;
    for (int i = 0; i < convolutions.size(); i++) {
      int outputs = BackboneShape.WIDTHS.get(i);
      float[] kernel = values(convolutions.get(i), "weight");
      layers.add(
          folded(
              new NetworkWeights.Layer(outputs, inputs, kernel, new float[outputs]), norms.get(i)));
      inputs = outputs;
    }
    return new NetworkWeights(layers, linear(embedding), linear(head));
  }

  /** A convolution and the normalisation after it are one convolution once training is over. */
  private static NetworkWeights.Layer folded(NetworkWeights.Layer layer, Block norm) {
    float[] gamma = values(norm, "gamma");
    float[] beta = values(norm, "beta");
    float[] mean = values(norm, "runningMean");
    float[] variance = values(norm, "runningVar");
    double[] scales = new double[gamma.length];
    double[] shifts = new double[gamma.length];
    for (int i = 0; i < gamma.length; i++) {
      scales[i] = gamma[i] / Math.sqrt(variance[i] + EPSILON);
      shifts[i] = beta[i] - mean[i] * scales[i];
    }
    return layer.scaled(scales, shifts);
  }

  private static NetworkWeights.Layer linear(Block linear) {
    float[] bias = values(linear, "bias");
    float[] weights = values(linear, "weight");
    return new NetworkWeights.Layer(bias.length, weights.length / bias.length, weights, bias);
  }

  private static float[] values(Block block, String parameter) {
    return block.getDirectParameters().get(parameter).getArray().toFloatArray();
  }
}
