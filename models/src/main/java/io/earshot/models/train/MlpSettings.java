package io.earshot.models.train;

import java.util.List;

/**
 * How a multi-layer perceptron is trained.
 *
 * <pre>{@code
 * MlpSettings.standard().withOptimizer(MlpSettings.Optimizer.ADAGRAD).withSeed(2)
 * }</pre>
 *
 * @param hidden units of each hidden layer; none for a linear head
 * @param dropout share of each hidden layer's units that a step goes without, 0 to below 1
 * @param optimizer what makes steps of gradients
 * @param learningRate of each step
 * @param batch examples of a step
 * @param epochs how often it sees each example at most
 * @param patience ends after so many epochs without a lower loss on what is held out
 * @param balance 0 to 1: a class's positive examples weigh (negatives / positives) to this power,
 *     so that at 1 they weigh as much as all others together; 100 at most
 * @param seed of the first weights, the batches and the dropout; PyTorch's sums may still differ in
 *     their last digits from run to run
 */
public record MlpSettings(
    List<Integer> hidden,
    double dropout,
    Optimizer optimizer,
    double learningRate,
    int batch,
    int epochs,
    int patience,
    double balance,
    long seed) {

  /** What makes steps of gradients. */
  public enum Optimizer {
    ADAM(1e-3),
    ADAGRAD(3e-3);

    private final double learningRate;

    Optimizer(double learningRate) {
      this.learningRate = learningRate;
    }
  }

  public MlpSettings {
    hidden = List.copyOf(hidden);
    check(hidden.stream().allMatch(units -> units > 0), "hidden layers need a unit each", hidden);
    check(dropout >= 0 && dropout < 1, "dropout must be 0 to below 1", dropout);
    check(learningRate > 0, "the learning rate must be above 0", learningRate);
    check(batch > 0 && epochs > 0 && patience > 0, "batch, epochs, patience: 1 or more", batch);
    check(balance >= 0 && balance <= 1, "the balance must be 0 to 1", balance);
  }

  /** Three dense layers, for a user's classes. */
  public static MlpSettings standard() {
    return new MlpSettings(List.of(256, 128), 0.5, Optimizer.ADAM, 1e-3, 64, 60, 6, 0.5, 1);
  }

  /** One dense layer that takes its examples as they are, for the soft targets of a teacher. */
  public static MlpSettings plain() {
    return new MlpSettings(List.of(), 0, Optimizer.ADAM, 1e-2, 256, 200, 4, 0, 1);
  }

  public MlpSettings withHidden(List<Integer> units) {
    return new MlpSettings(
        units, dropout, optimizer, learningRate, batch, epochs, patience, balance, seed);
  }

  MlpSettings withDropout(double share) {
    return new MlpSettings(
        hidden, share, optimizer, learningRate, batch, epochs, patience, balance, seed);
  }

  /** With that optimizer's own learning rate. */
  public MlpSettings withOptimizer(Optimizer other) {
    return new MlpSettings(
        hidden, dropout, other, other.learningRate, batch, epochs, patience, balance, seed);
  }

  MlpSettings withLearningRate(double rate) {
    return new MlpSettings(
        hidden, dropout, optimizer, rate, batch, epochs, patience, balance, seed);
  }

  MlpSettings withBatch(int examples) {
    return new MlpSettings(
        hidden, dropout, optimizer, learningRate, examples, epochs, patience, balance, seed);
  }

  MlpSettings withEpochs(int most, int newPatience) {
    return new MlpSettings(
        hidden, dropout, optimizer, learningRate, batch, most, newPatience, balance, seed);
  }

  MlpSettings withBalance(double power) {
    return new MlpSettings(
        hidden, dropout, optimizer, learningRate, batch, epochs, patience, power, seed);
  }

  public MlpSettings withSeed(long newSeed) {
    return new MlpSettings(
        hidden, dropout, optimizer, learningRate, batch, epochs, patience, balance, newSeed);
  }

  private static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }
}
