package io.earshot.detector.event;

import io.earshot.models.feature.Segment;
import io.earshot.models.feature.SegmentedClip;
import io.earshot.models.onnx.Network;
import io.earshot.models.synth.Level;
import io.earshot.models.synth.MadeSounds;
import io.earshot.models.synth.Mixing;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A recording's loud part, without what is around it, in pink noise: 4 s of it before and after.
 *
 * @param onset of the first sample of the recording, in samples; so is {@code offset} of the last
 */
record OnsetScene(float[] samples, int onset, int offset) {
  private static final int STEP = 640;
  private static final int QUIET = 64_000;
  private static final int LONGEST = 64_000;
  private static final double AUDIBLE_DB = 20;

  /** How a network's decision by segments and the refined one miss the truth, milliseconds. */
  record Errors(double onset, double offset, double refinedOnset, double refinedOffset) {}

  /** The part from the first to the last 40 ms that are within 20 dB of the loudest. */
  static OnsetScene of(float[] recording, double snr, SplittableRandom random) {
    int steps = recording.length / STEP;
    double[] rms = new double[steps];
    Arrays.setAll(rms, i -> Level.rms(recording, i * STEP, (i + 1) * STEP));
    double least = Arrays.stream(rms).max().orElse(0) * Level.gain(-AUDIBLE_DB);
    int from = 0;
    while (rms[from] < least) {
      from++;
    }
    int to = Math.min(steps, from + LONGEST / STEP);
    while (rms[to - 1] < least) {
      to--;
    }
    float[] part = Arrays.copyOfRange(recording, from * STEP, to * STEP);
    int onset = QUIET + random.nextInt(15_360);
    float[] scene = MadeSounds.PINK_NOISE.make(random, onset + part.length + QUIET);
    Level.toRms(scene, 0.01);
    Mixing.add(part, scene, onset, 0.01 * Level.gain(snr) / Level.rms(part, 0, part.length));
    return new OnsetScene(scene, onset, onset + part.length);
  }

  /** The errors of the first event that the network hears; null if it hears none that overlaps. */
  Errors errors(SegmentedClip clip, float[] scores, float threshold, int hop) {
    int first = 0;
    while (first < scores.length && (scores[first] < threshold || end(clip, first) <= onset)) {
      first++;
    }
    if (first == scores.length || start(clip, first) >= offset) {
      return null;
    }
    int last = first;
    while (last + 1 < scores.length && scores[last + 1] >= threshold) {
      last++;
    }
    OnsetRefiner refiner = new OnsetRefiner(hop, OnsetRefiner.RISE_DB);
    OnsetRefiner.Boundary begin = refiner.onset(at(clip, first), at(clip, first - 1), 0);
    OnsetRefiner.Boundary end = refiner.offset(at(clip, last), at(clip, last + 1), begin.micros());
    return new Errors(
        (start(clip, first) - onset) / 16.0,
        (end(clip, last) - offset) / 16.0,
        begin.micros() / 1_000.0 - onset / 16.0,
        end.micros() / 1_000.0 - offset / 16.0);
  }

  static float[] scores(SegmentedClip clip, Network network, int label) {
    float[] scores = new float[clip.patches().size()];
    FloatBuffer patch = Network.buffer(clip.patches().get(0).length);
    FloatBuffer out = Network.buffer(network.classes());
    for (int i = 0; i < scores.length; i++) {
      patch.put(0, clip.patches().get(i));
      network.score(patch, 1, out);
      scores[i] = out.get(label);
    }
    return scores;
  }

  private static Segment at(SegmentedClip clip, int index) {
    return index >= 0 && index < clip.segments().size() ? clip.segments().get(index) : null;
  }

  private static long start(SegmentedClip clip, int index) {
    return clip.segments().get(index).startMicros() * 2 / 125;
  }

  private static long end(SegmentedClip clip, int index) {
    return start(clip, index) + 15_360;
  }
}
