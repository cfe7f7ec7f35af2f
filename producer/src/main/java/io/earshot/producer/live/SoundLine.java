package io.earshot.producer.live;

import io.earshot.producer.clock.CaptureClock;
import io.earshot.producer.clock.Moment;
import io.earshot.producer.convert.Conditioner;
import io.earshot.producer.convert.Conditioning;
import io.earshot.producer.convert.Level;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FrameSink;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * One stream's sound, from floats as they come to frames in a sink.
 *
 * <pre>
 * SoundLine line = new SoundLine("yard", Conditioning.NONE, Sessions::next, sink);
 * line.begin(48_000, 2);               // a session
 * line.arrived(960, Moment.now());     // frames up to 960 are here
 * line.add(0, interleaved, 960);
 * line.end();
 * </pre>
 *
 * <p>Positions count the source's frames since the session's beginning. Where one is ahead of what
 * came before, sound is missing, and nothing is put in its place; what is here already is passed
 * over. The first half second of a session waits until its capture time is known, for which no
 * detector waits longer: a segment is twice as long. One thread; {@link #counts} may be asked by
 * any.
 */
public final class SoundLine {
  /**
   * What a line has done so far.
   *
   * @param frames published
   * @param gaps in what came
   * @param missingMillis the sound that they took
   * @param driftPpm how much faster than nominal the source's samples come, in millionths
   * @param sendersClock whether capture times are by the source's own clock
   * @param clockSteps how often capture times have jumped
   * @param level of the last 100 ms
   * @param clipped samples that came clipped, or are through the gain
   * @param offset mean of the last seconds, full scale at 1
   */
  public record Counts(
      long frames,
      long gaps,
      long missingMillis,
      double driftPpm,
      boolean sendersClock,
      long clockSteps,
      Level level,
      long clipped,
      double offset) {
    static final Counts NONE = new Counts(0, 0, 0, 0, false, 0, Level.SILENCE, 0, 0);
  }

  /** What comes faster than it is captured, and is no burst of stored sound, is not waited for. */
  private static final long MOST_HELD_SECONDS = 5;

  /** 4 MB: of many channels at a high rate less is held than those seconds. */
  private static final long MOST_HELD_SAMPLES = 1 << 20;

  private final String stream;
  private final Conditioning conditioning;
  private final Supplier<String> sessions;
  private final FrameSink sink;
  private volatile Counts counts = Counts.NONE;
  private long frames;
  private long gaps;
  private double missingMillis;
  private long clippedBefore;
  private long stepsBefore;

  /** Of the session; null where none goes on. */
  private Conditioner conditioner;

  private CaptureClock clock;
  private TimedCutter cutter;

  /** The session's beginning while its time is not known; then null. */
  private HeldSound held;

  private int rate;
  private int channels;

  /** Where the next sound belongs if nothing is missing; -1 before the first. */
  private long next = -1;

  /** Where the session's first sound was. */
  private long first;

  /** Samples at 16 kHz since then, missing ones included, so that roundings do not add up. */
  private long placed;

  private float[] out = new float[0];

  /** A line that waits for a session. */
  public SoundLine(
      String stream, Conditioning conditioning, Supplier<String> sessions, FrameSink sink) {
    this.stream = stream;
    this.conditioning = conditioning;
    this.sessions = sessions;
    this.sink = sink;
  }

  /**
   * Begins a session, and ends the one before.
   *
   * @throws IllegalArgumentException if there is no such channel as the conditioning wants
   */
  public void begin(int newRate, int newChannels) throws IOException {
    end();
    conditioner = new Conditioner(conditioning, newRate, newChannels);
    clock = new CaptureClock(newRate);
    held = new HeldSound(newChannels);
    rate = newRate;
    channels = newChannels;
    next = -1;
  }

  public boolean isOpen() {
    return conditioner != null;
  }

  /** All frames before {@code position} came at that moment. */
  public void arrived(long position, Moment now) {
    clock.arrived(position, now);
  }

  /** By the source's own clock the frame at {@code position} is of {@code micros} since 1970. */
  public void reported(long position, long micros) {
    clock.reported(position, micros);
  }

  /**
   * Takes sound; {@link #arrived} was told before.
   *
   * @param interleaved {@code count} frames, overwritten
   */
  public void add(long position, float[] interleaved, int count) throws IOException {
    if (held == null) {
      take(position, interleaved, count);
      return;
    }
    held.add(position, interleaved, count);
    if (clock.isSettled() || isMuchHeld()) {
      release();
    }
  }

  private boolean isMuchHeld() {
    return held.frames() > MOST_HELD_SECONDS * rate || held.samples() >= MOST_HELD_SAMPLES;
  }

  private void release() throws IOException {
    HeldSound beginning = held;
    held = null;
    beginning.release(this::take);
  }

  private void take(long position, float[] interleaved, int count) throws IOException {
    if (next < 0) {
      next = position;
      first = position;
      placed = 0;
      cutter = new TimedCutter(stream, sessions.get(), timesFrom(position), this::publish);
    }
    if (position > next) {
      gap(position);
    }
    int known = (int) Math.min(count, next - position);
    int fresh = count - known;
    if (known > 0) {
      System.arraycopy(interleaved, known * channels, interleaved, 0, fresh * channels);
    }
    next += fresh;
    reserve(fresh);
    cut(conditioner.condition(interleaved, fresh, out));
  }

  /** Ends the session, if one goes on. */
  public void end() throws IOException {
    if (conditioner == null) {
      return;
    }
    try {
      if (held != null) {
        release();
      }
      if (cutter != null) {
        reserve(0);
        cut(conditioner.finish(out));
        cutter.end();
      }
    } finally {
      count();
      clippedBefore = counts.clipped();
      stepsBefore = counts.clockSteps();
      conditioner = null;
      cutter = null;
    }
  }

  public Counts counts() {
    return counts;
  }

  private void gap(long position) throws IOException {
    gaps++;
    missingMillis += (position - next) * 1000.0 / rate;
    reserve(0);
    cut(conditioner.finish(out));
    long wanted = Math.round((position - first) * (double) Frame.RATE / rate);
    long missing = Math.max(1, wanted - placed);
    cutter.gap(missing, timesFrom(position));
    placed += missing;
    next = position;
  }

  private void cut(int count) throws IOException {
    cutter.add(out, count);
    placed += count;
  }

  private TimedCutter.Times timesFrom(long position) {
    CaptureClock itsClock = clock;
    return sample -> itsClock.captureMicros(position + sample * rate / Frame.RATE);
  }

  private void reserve(int count) {
    int needed = conditioner.maxOutput(count);
    if (out.length < needed) {
      out = new float[needed];
    }
  }

  private void publish(Frame frame) throws IOException {
    sink.publish(frame);
    frames++;
    count();
  }

  private void count() {
    long clipped = Math.max(conditioner.clipped(), cutter == null ? 0 : cutter.clipped());
    counts =
        new Counts(
            frames,
            gaps,
            Math.round(missingMillis),
            clock.driftPpm(),
            clock.isSendersClock(),
            stepsBefore + clock.steps(),
            conditioner.level(),
            clippedBefore + clipped,
            conditioner.offset());
  }
}
