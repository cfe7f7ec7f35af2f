package io.earshot.models.train;

import io.earshot.models.evaluate.Platt;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A larger network whose scores of the same patches the student learns to foretell beside its
 * labels. What the teacher knows of sounds that are in no clip then shapes what the student looks
 * at.
 *
 * <p>What is foretold are the logits of all its classes, each standardised over some first
 * examples, so that rare classes count as much as common ones. Source: Hinton et al., "Distilling
 * the Knowledge in a Neural Network" (2015), at a high temperature.
 *
 * <p>One thread at a time.
 */
final class Teacher {
  /** Of the mean deviation: features that hardly ever move must not be blown up to noise. */
  private static final double LEAST_DEVIATION = 0.2;

  private final Network network;
  private final int size;
  private float[] mean;
  private float[] deviation;

  Teacher(Network network, ModelPackage model) {
    this.network = network;
    this.size = model.classes();
    this.mean = new float[size];
    this.deviation = new float[size];
  }

  /** Classes of the teacher. */
  int size() {
    return size;
  }

  /** Measures mean and deviation of each value over these patches. */
  void standardise(List<float[]> patches) {
    mean = new float[size];
    deviation = new float[size];
    Arrays.fill(deviation, 1);
    float[] raw = logits(patches);
    float[] newMean = new float[size];
    float[] newDeviation = new float[size];
    double all = 0;
    for (int i = 0; i < size; i++) {
      double sum = 0;
      double squares = 0;
      for (int at = i; at < raw.length; at += size) {
        sum += raw[at];
        squares += raw[at] * raw[at];
      }
      newMean[i] = (float) (sum / patches.size());
      newDeviation[i] =
          (float) Math.sqrt(Math.max(0, squares / patches.size() - newMean[i] * newMean[i]));
      all += newDeviation[i] / size;
    }
    for (int i = 0; i < size; i++) {
      newDeviation[i] = (float) Math.max(newDeviation[i], LEAST_DEVIATION * all);
    }
    mean = newMean;
    deviation = newDeviation;
  }

  /** The standardised logits of the patches, one after another. */
  float[] logits(List<float[]> patches) {
    FloatBuffer in = Network.buffer(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(in::put);
    FloatBuffer out = Network.buffer(patches.size() * size);
    network.score(in.flip(), patches.size(), out);
    float[] logits = new float[patches.size() * size];
    for (int i = 0; i < logits.length; i++) {
      double logit = Platt.logit(out.get(i));
      logits[i] = (float) ((logit - mean[i % size]) / deviation[i % size]);
    }
    return logits;
  }
}
