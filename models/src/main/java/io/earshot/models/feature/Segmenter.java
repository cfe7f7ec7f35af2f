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
 * row is computed once, together with the others of its hop, since many at once take less time. How
 * the sound was cut into frames changes nothing: the patches are bit for bit those of the whole
 * run, and so are levels and envelopes.
 *
 * <p>Between calls it holds the samples of one hop and the rows that the next segment shares with
 * the last: 63, 45 or 36 kB at hops of 960, 480 and 240 ms. The patch is the {@link LogMel}'s,
 * which any number of segmenters of one thread may share.
 *
 * <p>Pure: no clock, no thread, no Kafka. Not thread-safe.
 */
public final class Segmenter {
  /**
   * Called for each segment. The patch (96 x 64, row major) is reused after the call returns, and
   * by every segmenter with the same {@link LogMel}.
   */
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

  /** Samples from {@code tailPosition} on: those that the rows to come need and have so far. */
  private final float[] tail;

  private long tailPosition;
  private int tailLength;

  /** The rows of the next segment that are computed: at most those that it shares with the last. */
  private final float[] sharedRows;

  private int rowsReady;

  /** The energy of each row's 160 samples, of the next segment's rows. */
  private final double[] energies = new double[LogMel.ROWS];

  private final Deque<Anchor> anchors = new ArrayDeque<>();
  private final Deque<Gap> gaps = new ArrayDeque<>();
  private long nextIndex;

  public Segmenter(LogMel logMel, int hopSamples, String session) {
    this(logMel, hopSamples, session, 0);
  }

  /** Goes on at segment {@code nextIndex}; samples before its start will be passed over. */
  public Segmenter(LogMel logMel, int hopSamples, String session, long nextIndex) {
    int hopRows = hopSamples / LogMel.HOP_SAMPLES;
    if (hopRows < 1 || hopRows > LogMel.ROWS || hopSamples % LogMel.HOP_SAMPLES != 0) {
      throw new IllegalArgumentException(
          "hop must be a multiple of 160 samples, 15,360 at most: " + hopSamples);
    }
    this.logMel = logMel;
    this.hopSamples = hopSamples;
    this.session = session;
    this.nextIndex = nextIndex;
    tailPosition = nextIndex * hopSamples;
    tail = new float[LogMel.samples(hopRows)];
    sharedRows = new float[LogMel.PATCH_FLOATS - hopRows * LogMel.BANDS];
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
      int rows = rowsNext();
      int take = Math.min(to - at, LogMel.samples(rows) - tailLength);
      System.arraycopy(samples, at, tail, tailLength, take);
      tailLength += take;
      at += take;
      if (tailLength == LogMel.samples(rows)) {
        completeRows(rows, sink);
      }
    }
  }

  /** A hop's; fewer where a first segment's rows that the second shares are no whole hops. */
  private int rowsNext() {
    int missing = sharedRows.length / LogMel.BANDS - rowsReady;
    int hopRows = hopSamples / LogMel.HOP_SAMPLES;
    return missing > 0 ? Math.min(missing, hopRows) : hopRows;
  }

  private void completeRows(int rows, Sink sink) {
    for (int row = 0; row < rows; row++) {
      energies[rowsReady + row] = energy(tail, row * LogMel.HOP_SAMPLES);
    }
    boolean due = rowsReady + rows == LogMel.ROWS;
    if (due) {
      System.arraycopy(sharedRows, 0, logMel.patch(), 0, sharedRows.length);
    }
    logMel.rows(tail, 0, rows, due ? logMel.patch() : sharedRows, rowsReady * LogMel.BANDS);
    rowsReady += rows;
    int used = rows * LogMel.HOP_SAMPLES;
    tailLength -= used;
    tailPosition += used;
    System.arraycopy(tail, used, tail, 0, tailLength);
    if (due) {
      emit(sink);
    }
  }

  private void emit(Sink sink) {
    long start = nextStart();
    double coverage = coverage(start);
    Envelope envelope = Envelope.of(energies);
    Segment segment =
        new Segment(session, nextIndex, captureMicros(start), coverage, rmsDbfs(), envelope);
    nextIndex++;
    forgetBefore(nextStart());
    rowsReady = sharedRows.length / LogMel.BANDS;
    float[] patch = logMel.patch();
    System.arraycopy(patch, patch.length - sharedRows.length, sharedRows, 0, sharedRows.length);
    System.arraycopy(energies, LogMel.ROWS - rowsReady, energies, 0, rowsReady);
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

  /** In two sums, as each addition waits for the one before it. */
  private static double energy(float[] samples, int from) {
    double even = 0;
    double odd = 0;
    for (int i = from; i < from + LogMel.HOP_SAMPLES; i += 2) {
      even += (double) samples[i] * samples[i];
      odd += (double) samples[i + 1] * samples[i + 1];
    }
    return even + odd;
  }

  /** 62.5 microseconds a sample, rounded down. */
  private static long micros(long samples) {
    return Math.floorDiv(samples * 125, 2);
  }
}
