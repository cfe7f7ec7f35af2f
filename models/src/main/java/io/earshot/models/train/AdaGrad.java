package io.earshot.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import java.util.HashMap;
import java.util.Map;

/**
 * AdaGrad: each weight's step is divided by the root of the sum of its squared gradients so far.
 *
 * <p>Here because DJL's own wants a kind of sparse array that PyTorch does not have.
 *
 * <p>Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and
 * stochastic optimization" (2011).
 */
final class AdaGrad extends Optimizer {
  private static final double EPSILON = 1e-10;

  private final double learningRate;
  private final Map<String, NDArray> squares = new HashMap<>();

  private AdaGrad(Builder builder) {
    super(builder);
    learningRate = builder.learningRate;
  }

  static AdaGrad of(double learningRate) {
    return new AdaGrad(new Builder(learningRate));
  }

  @Override
  public void update(String parameter, NDArray weight, NDArray gradient) {
    NDArray sum = squares.computeIfAbsent(parameter, first -> lasting(weight.zerosLike(), weight));
    try (NDManager scope = NDManager.subManagerOf(weight)) {
      scope.tempAttachAll(weight, gradient, sum);
      sum.addi(gradient.square());
      weight.subi(gradient.mul(learningRate).div(sum.sqrt().add(EPSILON)));
    }
  }

  /** Each step's arrays are closed after it; this one lives as long as the weights. */
  private static NDArray lasting(NDArray array, NDArray weight) {
    array.attach(weight.getManager());
    return array;
  }

  private static final class Builder extends OptimizerBuilder<Builder> {
    private final double learningRate;

    Builder(double learningRate) {
      this.learningRate = learningRate;
    }

    @Override
    protected Builder self() {
      return this;
    }
  }
}
