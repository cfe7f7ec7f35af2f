package io.earshot.models.train;

/**
 * How a backbone is trained.
 *
 * @param examples patches that are learnt from, each made once
 * @param batch patches of a step
 * @param learningRate the highest
 * @param seed draws the examples and the first weights; PyTorch's sums on several threads may still
 *     differ in their last digits
 */
public record TrainingSettings(int examples, int batch, double learningRate, long seed) {

  public TrainingSettings {
    if (batch < 2 || examples < batch) {
      throw new IllegalArgumentException(
          "a batch needs 2 patches and more, and the examples one batch: %d, %d"
              .formatted(batch, examples));
    }
    if (!(learningRate > 0)) {
      throw new IllegalArgumentException("learning rate must be above 0: " + learningRate);
    }
  }

  /** What the model package {@code base} was trained with. */
  public static TrainingSettings standard() {
    return new TrainingSettings(60_000, 32, 2e-3, 1);
  }

  public TrainingSettings withExamples(int count) {
    return new TrainingSettings(count, batch, learningRate, seed);
  }

  public TrainingSettings withSeed(long newSeed) {
    return new TrainingSettings(examples, batch, learningRate, newSeed);
  }

  int steps() {
    return examples / batch;
  }
}
