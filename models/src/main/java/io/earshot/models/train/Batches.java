package io.earshot.models.train;

import io.earshot.models.feature.LogMel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Batches of new examples, each made while the one before is learnt. Equal seeds give equal
 * batches.
 */
final class Batches implements AutoCloseable {
  private static final int STANDARDISED_OVER = 512;

  private final ExampleMixer mixer;
  private final Teacher teacher;
  private final int size;
  private final SplittableRandom random;
  private final ExecutorService maker = Executors.newSingleThreadExecutor();
  private Future<Batch> next;
  private int left;

  /**
   * Starts making the first batch.
   *
   * @param count of batches
   * @param teacher null for none
   * @param size examples of a batch
   */
  Batches(int count, ExampleMixer mixer, Teacher teacher, int size, long seed) {
    this.left = count;
    this.mixer = mixer;
    this.teacher = teacher;
    this.size = size;
    this.random = new SplittableRandom(seed);
    next = maker.submit(this::first);
  }

  /** The next batch, when it is there; {@code count} times. */
  Batch next() throws InterruptedException {
    try {
      Batch batch = next.get();
      next = --left > 0 ? maker.submit(this::make) : null;
      return batch;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An example could not be made: " + e.getCause(), e);
    }
  }

  /** Waits for the batch that is being made: the teacher may be closed after this. */
  @Override
  public void close() {
    maker.shutdownNow();
    try {
      if (!maker.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A batch has been in the making for a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Batch first() {
    if (teacher != null) {
      teacher.standardise(patches(examples(random.split(), STANDARDISED_OVER)));
    }
    return make();
  }

  private Batch make() {
    RandomGenerator draws = random.split();
    List<Example> examples = examples(draws, size);
    int classes = examples.get(0).targets().length;
    float[] targets = new float[size * classes];
    float[] patches = new float[size * LogMel.PATCH_FLOATS];
    // The teacher hears the whole patch, the student one with holes.
    float[] taught = teacher == null ? new float[0] : teacher.logits(patches(examples));
    for (int i = 0; i < size; i++) {
      System.arraycopy(examples.get(i).targets(), 0, targets, i * classes, classes);
      float[] patch = PatchMasks.masked(examples.get(i).patch(), draws);
      for (int j = 0; j < patch.length; j++) {
        patches[i * patch.length + j] = BackboneShape.scaled(patch[j]);
      }
    }
    return new Batch(patches, targets, taught);
  }

  private List<Example> examples(RandomGenerator draws, int count) {
    List<Example> examples = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      examples.add(mixer.make(draws));
    }
    return examples;
  }

  private static List<float[]> patches(List<Example> examples) {
    return examples.stream().map(Example::patch).toList();
  }
}
