package io.earshot.models.train;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A clip that a network has not learnt from, and its scores.
 *
 * @param patches the scores of each of its patches, one per class
 * @param loud whether each patch is within 20 dB of the clip's loudest: where its label is heard
 */
record ScoredClip(TrainingClip clip, List<float[]> patches, List<Boolean> loud) {

  /** The scores of the patches in which the clip is loud. */
  List<float[]> loudPatches() {
    return IntStream.range(0, patches.size()).filter(loud::get).mapToObj(patches::get).toList();
  }

  /** Mean score of each class over the patches. */
  double[] mean() {
    double[] mean = new double[patches.get(0).length];
    for (float[] scores : patches) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += scores[i] / (double) patches.size();
      }
    }
    return mean;
  }

  /** The highest score of a class in any patch. */
  double max(int index) {
    return patches.stream().mapToDouble(scores -> scores[index]).max().orElseThrow();
  }
}
