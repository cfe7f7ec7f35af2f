package io.earshot.models.train;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.DenseLayer;
import io.earshot.models.head.Examples;
import io.earshot.models.head.Standardisation;
import java.util.Arrays;
import java.util.List;

/**
 * A {@link Perceptron} and what fits it to examples, an epoch at a time.
 *
 * <p>One training at a time in a process: the library's random state is global.
 */
final class MlpFit implements AutoCloseable {
  private static final String ENGINE = "PyTorch";

  private final Perceptron perceptron;
  private final Model model;
  private final Trainer trainer;
  private final Standardisation standard;
  private final Tensors learnt;
  private final WeightedLoss loss;
  private final int batch;

  MlpFit(MlpSettings settings, Examples examples) {
    standard = Standardisation.of(examples.inputs());
    Engine.getEngine(ENGINE).setRandomSeed((int) settings.seed());
    int classes = examples.targets().get(0).length;
    perceptron = new Perceptron(settings.hidden(), settings.dropout(), classes);
    perceptron.startAt(examples.targets());
    model = Model.newInstance("head", Device.cpu(), ENGINE);
    model.setBlock(perceptron.block());
    trainer = model.newTrainer(config(settings));
    trainer.initialize(new Shape(settings.batch(), examples.inputs().get(0).length));
    NDManager manager = trainer.getManager();
    learnt = Tensors.of(examples, standard, manager);
    loss = WeightedLoss.of(examples.targets(), settings.balance(), manager);
    batch = settings.batch();
  }

  private static DefaultTrainingConfig config(MlpSettings settings) {
    // The loss is computed here; the trainer wants one all the same.
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optDevices(new Device[] {Device.cpu()})
        .optOptimizer(optimizer(settings));
  }

  private static Optimizer optimizer(MlpSettings settings) {
    return switch (settings.optimizer()) {
      case ADAM ->
          Optimizer.adam()
              .optLearningRateTracker(Tracker.fixed((float) settings.learningRate()))
              .build();
      case ADAGRAD -> AdaGrad.of(settings.learningRate());
    };
  }

  /** What has been learnt so far, for embeddings as they are. */
  DenseHead head() {
    List<DenseLayer> layers = perceptron.layers();
    layers.set(0, standard.folded(layers.get(0)));
    return new DenseHead(layers);
  }

  /** The examples as tensors that live as long as this. */
  Tensors tensors(Examples examples) {
    return Tensors.of(examples, standard, trainer.getManager());
  }

  /** Learns every example once, in that order. */
  void epoch(long[] order) throws InterruptedException {
    for (int from = 0; from < order.length; from += batch) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      long[] chosen = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
      step(chosen);
    }
  }

  private void step(long[] chosen) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      Tensors examples = learnt.rows(scope.create(chosen), scope);
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDArray logits = trainer.forward(new NDList(examples.inputs())).singletonOrThrow();
        gradients.backward(loss.of(logits, examples.targets()));
      }
      trainer.step();
    }
  }

  /** The loss of examples that are not learnt from. */
  double loss(Tensors examples) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      return loss.of(forward(examples, scope), examples.targets()).getFloat();
    }
  }

  /** The network's own logits, row by row, without dropout. */
  float[] logits(Tensors examples) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      return forward(examples, scope).toFloatArray();
    }
  }

  private NDArray forward(Tensors examples, NDManager scope) {
    // What is computed of an array lives as long as the array's manager.
    scope.tempAttachAll(examples.inputs(), examples.targets());
    return trainer.evaluate(new NDList(examples.inputs())).singletonOrThrow();
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
