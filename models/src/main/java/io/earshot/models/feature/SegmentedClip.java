package io.earshot.models.feature;

import java.util.ArrayList;
import java.util.List;

/**
 * A clip cut as the detector cuts a stream that begins and ends with it.
 *
 * <pre>{@code
 * SegmentedClip clip = SegmentedClip.of(samples, new LogMel(0.001), 960);
 * float[] first = clip.patches().get(0); // 96 x 64, row major
 * double level = clip.segments().get(0).rmsDbfs();
 * }</pre>
 *
 * <p>Immutable if nobody writes to the patches.
 *
 * @param patches one for each of the segments
 * @param segments as a {@link Segmenter} gives them; the clip is captured at time 0
 */
public record SegmentedClip(List<float[]> patches, List<Segment> segments) {
  public SegmentedClip {
    patches = List.copyOf(patches);
    segments = List.copyOf(segments);
  }

  /**
   * Cuts a whole clip.
   *
   * @param samples 16 kHz mono in [-1, 1); at least one
   * @param hopMillis from one segment to the next, a multiple of 10, 960 at most
   */
  public static SegmentedClip of(float[] samples, LogMel logMel, int hopMillis) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("a clip without samples has no segments");
    }
    List<float[]> patches = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    Segmenter.Sink sink =
        (segment, patch) -> {
          patches.add(patch.clone());
          segments.add(segment);
        };
    Segmenter segmenter = new Segmenter(logMel, hopMillis * (LogMel.SAMPLE_RATE / 1000), "clip");
    segmenter.add(0, 0, samples, samples.length, sink);
    segmenter.finish(sink);
    return new SegmentedClip(patches, segments);
  }
}
