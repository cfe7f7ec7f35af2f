package io.earshot.models.feature;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Cuts one run of a stream into segments and computes each one's log-mel patch.
 *
 * <pre>{@code
 * Segmenter segmenter = new Segmenter(new LogMel(0.001), 15_360, "a1b2.1700000000000");
 * segmenter.add(0, captureMicros, samples, count, (segment, patch) -> send(segment, patch));
 * segmenter.finish((segment, patch) -> send(segment, patch));
 * }</pre>
 *
 * <p>Segment n starts at sample n x hop of the run and its patch needs 15,600 samples. A log-mel
 * row is computed once, when its 400 samples are there, whatever the hop and however the sound was
 * cut into frames: the patches are bit for bit those of the whole run.
 *
 * <p>Pure: no clock, no thread, no Kafka. Not thread-safe.
 */
public final class Segmenter {
  /** Called for each segment; the patch (96 x 64, row major) is reused after the call returns. */
  public interface Sink {
    void segment(Segment segment, float[] patch);
  }

  /**
   * The capture time of the sample at {@code position}, by which those from {@code from} on are
   * reckoned until the next anchor. A gap is reckoned back from the frame after it.
   */
  private record Anchor(long from, long position, long micros) {}

  /** Samples that were never heard. */
  private record Gap(long from, long to) {}

  private static final double SILENCE_DBFS = -120;

  private final LogMel logMel;
  private final int hopSamples;
  private final String session;

  /** Samples from {@code tailPosition} on: what the next row needs and has so far. */
  private final float[] tail = new float[LogMel.WINDOW_SAMPLES];

  private long tailPosition;
  private int tailLength;

  /** The last 96 rows and the energy of each row's 160 samples, in rings. */
  private final float[] rows = new float[LogMel.PATCH_FLOATS];

  private final double[] energies = new double[LogMel.ROWS];
  private long nextRow;

  private final Deque<Anchor> anchors = new ArrayDeque<>();
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private final float[] patch = new float[LogMel.PATCH_FLOATS];
  private long nextIndex;

  public Segmenter(LogMel logMel, int hopSamples, String session) {
    this(logMel, hopSamples, session, 0);
  }

  /** Goes on at segment {@code nextIndex}; samples before its start will be passed over. */
  public Segmenter(LogMel logMel, int hopSamples, String session, long nextIndex) {
    if (hopSamples <= 0 || hopSamples % LogMel.HOP_SAMPLES != 0) {
      throw new IllegalArgumentException("hop must be a multiple of 160 samples: " + hopSamples);
    }
    this.logMel = logMel;
    this.hopSamples = hopSamples;
    this.session = session;
    this.nextIndex = nextIndex;
    tailPosition = nextIndex * hopSamples;
    nextRow = tailPosition / LogMel.HOP_SAMPLES;
  }

  public String session() {
    return session;
  }

  public int hopSamples() {
    return hopSamples;
  }

  public long nextIndex() {
    return nextIndex;
  }

  /** Where the next segment starts: no sample before it is needed any more. */
  public long nextStart() {
    return nextIndex * hopSamples;
  }

  /**
   * Takes {@code count} samples that start at {@code position} of the run and were captured at
   * {@code micros}. Positions missing since the last call are silence that was not heard.
   */
  public void add(long position, long micros, float[] samples, int count, Sink sink) {
    long end = tailPosition + tailLength;
    if (position > end) {
      anchors.add(new Anchor(end, position, micros));
      gaps.add(new Gap(end, position));
      feedSilence(position - end, sink);
    }
    anchors.add(new Anchor(position, position, micros));
    int skip = (int) Math.min(count, Math.max(0, end - position));
    feed(samples, skip, count, sink);
  }

  /**
   * Ends the run. What no patch has heard yet becomes a last one, filled up with silence, if it is
   * at least half a hop, or if it is all there is.
   */
  public void finish(Sink sink) {
    long end = tailPosition + tailLength;
    long heard = nextIndex == 0 ? 0 : (nextIndex - 1) * (long) hopSamples + LogMel.PATCH_SAMPLES;
    long fresh = end - Math.max(heard, 0);
    if (end == 0 || (nextIndex > 0 && fresh < hopSamples / 2)) {
      return;
    }
    long target = nextStart() + LogMel.PATCH_SAMPLES;
    gaps.add(new Gap(end, target));
    feedSilence(target - end, sink);
  }

  private void feedSilence(long count, Sink sink) {
    float[] silence = new float[LogMel.HOP_SAMPLES];
    for (long left = count; left > 0; left -= silence.length) {
      feed(silence, 0, (int) Math.min(left, silence.length), sink);
    }
  }

  private void feed(float[] samples, int from, int to, Sink sink) {
    for (int at = from; at < to; ) {
      int take = Math.min(to - at, tail.length - tailLength);
      System.arraycopy(samples, at, tail, tailLength, take);
      tailLength += take;
      at += take;
      if (tailLength == tail.length) {
        completeRow(sink);
      }
    }
  }

  private void completeRow(Sink sink) {
    int slot = (int) (nextRow % LogMel.ROWS);
    logMel.row(tail, 0, rows, slot * LogMel.BANDS);
    energies[slot] = energy(tail);
    nextRow++;
    System.arraycopy(tail, LogMel.HOP_SAMPLES, tail, 0, LogMel.WINDOW_SAMPLES - LogMel.HOP_SAMPLES);
    tailLength -= LogMel.HOP_SAMPLES;
    tailPosition += LogMel.HOP_SAMPLES;
    if (nextRow * LogMel.HOP_SAMPLES == nextStart() + LogMel.ROWS * (long) LogMel.HOP_SAMPLES) {
      emit(sink);
    }
  }

  private void emit(Sink sink) {
    long start = nextStart();
    int oldest = (int) (nextRow % LogMel.ROWS) * LogMel.BANDS;
    System.arraycopy(rows, oldest, patch, 0, rows.length - oldest);
    System.arraycopy(rows, 0, patch, rows.length - oldest, oldest);
    double coverage = coverage(start);
    Segment segment = new Segment(session, nextIndex, captureMicros(start), coverage, rmsDbfs());
    nextIndex++;
    forgetBefore(nextStart());
    sink.segment(segment, patch);
  }

  private long captureMicros(long position) {
    Anchor anchor = anchors.getFirst();
    for (Anchor next : anchors) {
      if (next.from > position) {
        break;
      }
      anchor = next;
    }
    return anchor.micros + micros(position - anchor.position);
  }

  private double coverage(long start) {
    long end = start + LogMel.PATCH_SAMPLES;
    long missing = 0;
    for (Gap gap : gaps) {
      missing += Math.max(0, Math.min(gap.to, end) - Math.max(gap.from, start));
    }
    return 1 - missing / (double) LogMel.PATCH_SAMPLES;
  }

  private double rmsDbfs() {
    double mean = Arrays.stream(energies).sum() / (LogMel.ROWS * LogMel.HOP_SAMPLES);
    return mean > 0 ? Math.max(SILENCE_DBFS, 10 * Math.log10(mean)) : SILENCE_DBFS;
  }

  private void forgetBefore(long position) {
    gaps.removeIf(gap -> gap.to <= position);
    while (anchors.size() > 1) {
      Anchor first = anchors.removeFirst();
      if (anchors.getFirst().from > position) {
        anchors.addFirst(first);
        return;
      }
    }
  }

  private static double energy(float[] samples) {
    double sum = 0;
    for (int i = 0; i < LogMel.HOP_SAMPLES; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum;
  }

  /** 62.5 microseconds a sample, rounded down. */
  private static long micros(long samples) {
    return Math.floorDiv(samples * 125, 2);
  }
}
