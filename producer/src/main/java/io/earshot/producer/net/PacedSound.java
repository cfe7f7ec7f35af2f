package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.earshot.producer.source.AudioShape;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Sound that may come faster than it was made, in the time in which it was made.
 *
 * <p>Servers begin with some seconds of sound that they have kept, so that players have something
 * in hand, and files come as fast as they can. What comes at once at the beginning, up to ten
 * seconds, is of the past: its last sample was captured when it came, or a little before, so that
 * what the network delays less than that is not held back. Nothing of the rest is passed on before
 * its time has come, so that no capture time is ever ahead of the clock; meanwhile {@link #isFull}
 * asks that no more be read. Time goes a thousandth faster here, so that the fastest crystal of a
 * sender is never held back.
 *
 * <p>Where a stream was heard before, a burst may reach back into that. Of a live stream it is the
 * same sound again, which is dropped; a file is moved, to begin where the sound before it ended. So
 * capture times never go back.
 *
 * <p>Pure. One thread.
 */
final class PacedSound implements ByteSound.Listener {
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MOST_AHEAD_NANOS = 10 * SECOND_NANOS;

  /** 4 MB. */
  private static final int MOST_SAMPLES = 1 << 20;

  /** A burst is over when in so much time no more than half as much again comes. */
  private static final long LOOK_NANOS = 250_000_000L;

  private static final long LEEWAY_NANOS = 20_000_000L;
  private static final double BURST = 1.5;
  private static final double PACE = 0.999;

  /** What becomes of sound that is older than what was heard. */
  enum Past {
    /** It was heard. */
    DROPPED,
    /** It is other sound, and later than it seems. */
    MOVED
  }

  /** How something that waits is passed on. */
  private interface Passing {
    void pass(Moment now) throws IOException;
  }

  private record Held(long offset, Passing passing) {}

  private final ByteSound.Listener to;
  private final Heard heard;
  private final long heardBefore;
  private final Past past;
  private final Queue<Held> held = new ArrayDeque<>();
  private long heldSamples;
  private AudioShape shape;

  /** Offsets are nanoseconds of sound since the first beginning: this one is of the last. */
  private long base;

  private long offset;

  /** What is missing since. */
  private long missing;

  private boolean anchored;
  private Moment lastArrival;

  /** When the sound up to the anchor's offset was captured. */
  private long anchorNanos;

  private long anchorOffset;
  private long lookedNanos;
  private long lookedOffset;

  /** The first sound of a stream, or one that has nothing to do with what came before. */
  PacedSound(ByteSound.Listener to) {
    this(to, new Heard(), Past.DROPPED);
  }

  /**
   * Sound after other sound of its stream.
   *
   * @param heard what was passed on, here and before
   */
  PacedSound(ByteSound.Listener to, Heard heard, Past past) {
    this.to = to;
    this.heard = heard;
    this.heardBefore = heard.nanos();
    this.past = past;
  }

  @Override
  public void begins(AudioShape itsShape, String format) throws IOException {
    shape = itsShape;
    base = offset;
    if (held.isEmpty()) {
      to.begins(shape, format);
    } else {
      held.add(new Held(offset, now -> to.begins(itsShape, format)));
    }
  }

  @Override
  public void sound(long position, float[] interleaved, int frames, Moment arrival)
      throws IOException {
    offset = base + nanos(position + frames);
    missing = 0;
    if (lastArrival == null) {
      lookedNanos = arrival.nanos();
      lookedOffset = offset;
    }
    lastArrival = arrival;
    if (anchored && held.isEmpty() && due(offset) <= arrival.nanos()) {
      pass(position, interleaved, frames, arrival);
      return;
    }
    hold(position, Arrays.copyOf(interleaved, frames * shape.channels()), frames, arrival);
  }

  /**
   * So many frames are missing before what follows. That waits for its time, and nobody else is
   * heard meanwhile: so what is missing may be ahead of its time by no more than a burst.
   *
   * @throws IllegalArgumentException if it is
   */
  void misses(long frames, Moment now) {
    missing += nanos(frames);
    long end = offset + missing;
    long ahead = anchored ? due(end) - now.nanos() : end;
    if (ahead - nanos(heldSamples / shape.channels()) > MOST_AHEAD_NANOS) {
      throw new IllegalArgumentException(
          "missing: %d frames, allowed: at most 10 s more than have passed".formatted(frames));
    }
  }

  private void hold(long position, float[] samples, int frames, Moment arrival) {
    long end = offset;
    AudioShape itsShape = shape;
    heldSamples += samples.length;
    held.add(
        new Held(
            end,
            now -> {
              heldSamples -= samples.length;
              Moment then = end <= anchorOffset ? earlier(arrival, due(end)) : now;
              int known = end <= anchorOffset ? known(end, frames, itsShape) : 0;
              int from = known * itsShape.channels();
              if (known < frames) {
                pass(
                    position + known,
                    Arrays.copyOfRange(samples, from, samples.length),
                    frames - known,
                    then);
              }
            }));
  }

  private void pass(long position, float[] interleaved, int frames, Moment then)
      throws IOException {
    heard.upTo(then.nanos());
    to.sound(position, interleaved, frames, then);
  }

  /** How many of the frames before that offset were heard in a session before. */
  private int known(long end, int frames, AudioShape itsShape) {
    long rate = itsShape.rate();
    long begin = due(end) - frames * SECOND_NANOS / rate;
    if (past == Past.MOVED || begin >= heardBefore) {
      return 0;
    }
    long nanos = Math.min(due(end), heardBefore) - begin;
    return (int) Math.min(frames, (nanos * rate + SECOND_NANOS - 1) / SECOND_NANOS);
  }

  @Override
  public void damaged() {
    to.damaged();
  }

  /** Whether no more should be read for now. */
  boolean isFull() {
    return anchored ? !held.isEmpty() : offset >= MOST_AHEAD_NANOS || heldSamples >= MOST_SAMPLES;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** No more comes: a burst that was not over is now. */
  void end() {
    if (!anchored && lastArrival != null) {
      anchor();
    }
  }

  /**
   * Passes on what is due.
   *
   * @return nanoseconds until something is; 0 if nothing waits
   */
  long passOn(Moment now) throws IOException {
    return passOn(now, () -> false);
  }

  /**
   * Passes on what is due, as long as there is room for it.
   *
   * @param crowded whether there is none
   * @return nanoseconds until something is due; 0 or less if nothing waits, or for room alone
   */
  long passOn(Moment now, BooleanSupplier crowded) throws IOException {
    if (!anchored && lastArrival != null) {
      long looked = now.nanos() - lookedNanos;
      if (!isFull() && looked < LOOK_NANOS) {
        return LOOK_NANOS - looked;
      }
      if (!isFull() && offset - lookedOffset > BURST * looked) {
        lookedNanos = now.nanos();
        lookedOffset = offset;
        return LOOK_NANOS;
      }
      anchor();
    }
    while (!held.isEmpty() && due(held.peek().offset()) <= now.nanos() && !crowded.getAsBoolean()) {
      held.remove().passing().pass(now);
    }
    return held.isEmpty() ? 0 : due(held.peek().offset()) - now.nanos();
  }

  private void anchor() {
    anchored = true;
    anchorNanos = lastArrival.nanos() - LEEWAY_NANOS;
    anchorOffset = Math.min(offset, MOST_AHEAD_NANOS);
    if (past == Past.MOVED) {
      anchorNanos = Math.max(anchorNanos, heardBefore + anchorOffset);
    }
  }

  /** In two steps, for a stream may go on for years. */
  private long nanos(long frames) {
    long rate = shape.rate();
    return frames / rate * SECOND_NANOS + frames % rate * SECOND_NANOS / rate;
  }

  private long due(long itsOffset) {
    long after = itsOffset - anchorOffset;
    return anchorNanos + (after < 0 ? after : (long) (PACE * after));
  }

  private static Moment earlier(Moment moment, long nanos) {
    return new Moment(nanos, moment.wallMicros() - (moment.nanos() - nanos) / 1000);
  }
}
