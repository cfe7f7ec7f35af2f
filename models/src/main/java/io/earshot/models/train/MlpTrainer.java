package io.earshot.models.train;

import io.earshot.models.head.DenseHead;
import io.earshot.models.head.Examples;
import io.earshot.models.head.HeadCheck;
import io.earshot.models.head.HeadTrainer;
import io.earshot.models.onnx.ModelException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Trains heads that are multi-layer perceptrons, with PyTorch.
 *
 * <pre>{@code
 * HeadTrainer trainer = new MlpTrainer(MlpSettings.standard());
 * DenseHead head = trainer.train(learnt, heldOut, progress);
 * }</pre>
 *
 * <p>It ends when the loss on what is held out has stopped falling, and gives the head whose loss
 * was lowest. With nothing held out it goes through all epochs and gives the last. The head has
 * been compared with PyTorch's own results.
 *
 * <p>One training at a time in a process: PyTorch's random state is global.
 */
public final class MlpTrainer implements HeadTrainer {
  private static final int COMPARED = 256;

  private final MlpSettings settings;

  public MlpTrainer(MlpSettings settings) {
    this.settings = settings;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ModelException the loss is no number, or the head's scores are not PyTorch's
   */
  @Override
  public DenseHead train(Examples learnt, Examples heldOut, Progress progress)
      throws InterruptedException {
    Examples judged = heldOut.size() > 0 ? heldOut : first(learnt);
    try (MlpFit fit = new MlpFit(settings, learnt)) {
      Tensors tensors = fit.tensors(judged);
      EarlyStopping stopping = new EarlyStopping(settings.patience());
      RandomGenerator random = new SplittableRandom(settings.seed());
      DenseHead best = null;
      float[] logits = null;
      for (int epoch = 1; epoch <= settings.epochs() && !stopping.isOver(); epoch++) {
        fit.epoch(order(learnt.size(), random));
        if (heldOut.size() == 0 ? epoch == settings.epochs() : stopping.isBest(fit.loss(tensors))) {
          best = fit.head();
          logits = fit.logits(tensors);
        }
        progress.step(epoch, settings.epochs());
      }
      return checked(best, judged, logits);
    }
  }

  private static Examples first(Examples examples) {
    int count = Math.min(COMPARED, examples.size());
    return new Examples(examples.inputs().subList(0, count), examples.targets().subList(0, count));
  }

  private DenseHead checked(DenseHead head, Examples judged, float[] logits) {
    if (head == null) {
      throw new ModelException(
          "The training fails: its loss is no number at learning rate " + settings.learningRate());
    }
    new HeadCheck(head, judged.inputs()).trainer(logits);
    return head;
  }

  /** The numbers of all examples, shuffled. */
  private static long[] order(int count, RandomGenerator random) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
