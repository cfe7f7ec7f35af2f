package io.earshot.models.transfer;

import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.HeadTrainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trains heads: without each fold in turn, to be judged by it, and on everything. */
final class CrossValidation {
  private final Material material;
  private final Map<Integer, Material> ofFolds;
  private final Classes classes;
  private final HeadTrainer trainer;
  private final long seed;
  private final Listener listener;

  /**
   * @param ofFolds where the backbone of a fold is another one, what it hears
   */
  CrossValidation(
      Material material,
      Map<Integer, Material> ofFolds,
      Classes classes,
      HeadTrainer trainer,
      long seed,
      Listener listener) {
    this.material = material;
    this.ofFolds = ofFolds;
    this.classes = classes;
    this.trainer = trainer;
    this.seed = seed;
    this.listener = listener;
  }

  /** Every clip and negative, scored by a head that had not learnt from its fold. */
  List<JudgedClip> judge() throws InterruptedException {
    List<JudgedClip> judged = new ArrayList<>();
    for (int fold : material.folds()) {
      Material heard = ofFolds.getOrDefault(fold, material);
      DenseHead head = train(heard.without(fold, seed), "Training without fold " + fold);
      heard.of(fold).forEach(clip -> judged.add(classes.judged(head, clip)));
    }
    return judged;
  }

  /** The head that goes into the package, without its calibration. */
  DenseHead train() throws InterruptedException {
    return train(material.without(0, seed), "Training on all folds");
  }

  private DenseHead train(Split split, String what) throws InterruptedException {
    listener.begins(what);
    return trainer.train(
        classes.examples(split.learnt()), classes.examples(split.heldOut()), listener::step);
  }
}
