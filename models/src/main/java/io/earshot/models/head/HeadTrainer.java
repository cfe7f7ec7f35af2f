package io.earshot.models.head;

/**
 * Makes a head out of examples.
 *
 * <pre>{@code
 * DenseHead head = trainer.train(learnt, heldOut, (step, steps) -> bar.done(step));
 * }</pre>
 *
 * <p>The same examples, settings and seed give the same head on the same machine, but for last
 * digits where PyTorch computes it.
 */
public interface HeadTrainer {
  /**
   * Trains one head.
   *
   * @param learnt what it learns from; every class has an example at 0.5 or more and one below
   * @param heldOut what tells when to stop; trainers that need nothing of the kind pass it over
   */
  DenseHead train(Examples learnt, Examples heldOut, Progress progress) throws InterruptedException;

  /** Told how far the training is, on the thread that trains. */
  @FunctionalInterface
  interface Progress {
    void step(int step, int steps);
  }
}
