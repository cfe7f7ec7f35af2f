package io.earshot.models.transfer;

import io.earshot.models.evaluate.Calibration;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.head.DenseHead;
import io.earshot.models.head.HeadTrainer;
import java.util.ArrayList;
import java.util.List;

/** Trains heads: without each fold in turn, to be judged by it, and on everything. */
final class CrossValidation {
  private final Material material;
  private final Classes classes;
  private final HeadTrainer trainer;
  private final long seed;
  private final Listener listener;

  CrossValidation(
      Material material, Classes classes, HeadTrainer trainer, long seed, Listener listener) {
    this.material = material;
    this.classes = classes;
    this.trainer = trainer;
    this.seed = seed;
    this.listener = listener;
  }

  /** Every clip and negative, scored by a head that had not learnt from its fold. */
  List<JudgedClip> judge() throws InterruptedException {
    List<JudgedClip> judged = new ArrayList<>();
    for (int fold : material.folds()) {
      DenseHead head = train(fold, "Training without fold " + fold);
      material.of(fold).forEach(clip -> judged.add(classes.judged(head, clip)));
    }
    return judged;
  }

  /** Each fold by lines that were fitted on the others. */
  List<JudgedClip> calibrated(List<JudgedClip> judged) {
    List<JudgedClip> calibrated = new ArrayList<>();
    for (int fold : material.folds()) {
      Calibration others =
          Calibration.fit(
              classes.labels(), judged.stream().filter(clip -> clip.fold() != fold).toList());
      judged.stream()
          .filter(clip -> clip.fold() == fold)
          .map(others::apply)
          .forEach(calibrated::add);
    }
    return calibrated;
  }

  /** The head that goes into the package, without its calibration. */
  DenseHead train() throws InterruptedException {
    return train(0, "Training on all folds");
  }

  private DenseHead train(int leftOut, String what) throws InterruptedException {
    Split split = material.without(leftOut, seed);
    listener.begins(what);
    return trainer.train(
        classes.examples(split.learnt()), classes.examples(split.heldOut()), listener::step);
  }
}
