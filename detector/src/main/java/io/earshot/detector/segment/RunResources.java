package io.earshot.detector.segment;

import io.earshot.models.feature.LogMel;
import io.earshot.producer.frame.Frame;

/** What all runs of a task share; belongs to the task's thread. */
final class RunResources {
  final KeptFrames store;
  final LogMel logMel;
  final int hopSamples;
  private float[] samples = new float[0];

  RunResources(KeptFrames store, LogMel logMel, int hopSamples) {
    this.store = store;
    this.logMel = logMel;
    this.hopSamples = hopSamples;
  }

  /** The frame's samples, from 0 on; good until the next call. */
  float[] decode(Frame frame) {
    if (samples.length < frame.samples()) {
      samples = new float[frame.samples()];
    }
    frame.decode(samples, 0);
    return samples;
  }
}
