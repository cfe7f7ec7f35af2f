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
import io.earshot.models.feature.LogMel;

/**
 * Fits a {@link Student} to batches: binary cross-entropy of the labels, plus twice the squared
 * error of the teacher's standardised logits; AdamW with a rate that rises for a tenth of the steps
 * and falls to nothing by a cosine.
 *
 * <p>One training at a time in a process: the library's random state is global.
 */
final class BackboneFit {
  private static final String ENGINE = "PyTorch";
  private static final float WEIGHT_DECAY = 1e-4f;
  private static final float TEACHER_WEIGHT = 2;
  private static final double DIVERGED = 8;
  private static final double WARM_UP = 0.1;

  private final TrainingSettings settings;
  private final int classes;
  private final int teacherValues;

  BackboneFit(TrainingSettings settings, int classes, int teacherValues) {
    this.settings = settings;
    this.classes = classes;
    this.teacherValues = teacherValues;
  }

  /**
   * Takes {@code settings.steps()} batches.
   *
   * @throws DivergedException the loss is many times what it was
   */
  NetworkWeights fit(Batches batches, TrainingProgress progress)
      throws InterruptedException, DivergedException {
    Engine engine = Engine.getEngine(ENGINE);
    engine.setRandomSeed((int) settings.seed());
    Student student = new Student(classes, teacherValues);
    try (Model model = Model.newInstance("backbone", Device.cpu(), ENGINE)) {
      model.setBlock(student.block());
      try (Trainer trainer = model.newTrainer(config())) {
        trainer.initialize(new Shape(settings.batch(), 1, LogMel.ROWS, LogMel.BANDS));
        double usual = Double.MAX_VALUE / DIVERGED;
        for (int step = 1; step <= settings.steps(); step++) {
          double loss = step(trainer, batches.next());
          if (!(loss < DIVERGED * usual)) {
            throw new DivergedException(step, loss, usual);
          }
          usual = step == 1 ? loss : 0.95 * usual + 0.05 * loss;
          progress.step(step, settings.steps(), loss);
        }
        return student.weights();
      }
    }
  }

  private DefaultTrainingConfig config() {
    // The loss is computed here; the trainer wants one all the same.
    return new DefaultTrainingConfig(Loss.l2Loss())
        .optDevices(new Device[] {Device.cpu()})
        .optOptimizer(
            Optimizer.adamW()
                .optWeightDecays(WEIGHT_DECAY)
                .optLearningRateTracker((Tracker) this::rate)
                .build());
  }

  private float rate(int step) {
    double done = (double) step / settings.steps();
    double share =
        done < WARM_UP
            ? 0.1 + 0.9 * done / WARM_UP
            : 0.5 * (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP)));
    return (float) (settings.learningRate() * share);
  }

  private double step(Trainer trainer, Batch batch) {
    try (NDManager scope = trainer.getManager().newSubManager()) {
      int count = settings.batch();
      NDArray patches =
          scope.create(batch.patches(), new Shape(count, 1, LogMel.ROWS, LogMel.BANDS));
      NDArray targets = scope.create(batch.targets(), new Shape(count, classes));
      double value;
      try (GradientCollector gradients = trainer.newGradientCollector()) {
        NDList outputs = trainer.forward(new NDList(patches));
        NDArray loss = crossEntropy(outputs.get(0), targets);
        if (teacherValues > 0) {
          NDArray taught = scope.create(batch.teacher(), new Shape(count, teacherValues));
          NDArray error = outputs.get(1).sub(taught).square().mean();
          loss = loss.add(error.mul(TEACHER_WEIGHT));
        }
        gradients.backward(loss);
        value = loss.getFloat();
      }
      trainer.step();
      return value;
    }
  }

  /** Summed over classes, mean over examples; stable for large logits of either sign. */
  private static NDArray crossEntropy(NDArray logits, NDArray targets) {
    NDArray rest = logits.abs().neg().exp().add(1).log();
    return logits.maximum(0).sub(logits.mul(targets)).add(rest).sum().div(targets.size(0));
  }
}
