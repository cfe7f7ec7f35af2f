package io.earshot.producer.net;

import io.earshot.producer.clock.Moment;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads a channel no faster than its sound may be passed on: while that is ahead of its time, or
 * frames do not get away, nothing is read, and TCP holds the other side. The channel's event loop
 * alone calls it, and is called.
 */
final class PacedReading {
  private static final long CROWDED_NANOS = 20_000_000L;

  /** No look at the clock is nearer than this. */
  private static final long LEAST_NANOS = 5_000_000L;

  private final Channel channel;
  private final PacedSound sound;
  private final Supplier<ByteSound> bytes;
  private final BooleanSupplier crowded;
  private final Runnable over;
  private final Consumer<Exception> broken;
  private Future<?> look;
  private boolean ending;
  private boolean left;

  /**
   * Reading that begins.
   *
   * @param bytes what the sound comes from
   * @param crowded whether there is no room for what is passed on
   * @param over called when all has been passed on after the end
   * @param broken called with what passing on throws later
   */
  PacedReading(
      Channel channel,
      PacedSound sound,
      Supplier<ByteSound> bytes,
      BooleanSupplier crowded,
      Runnable over,
      Consumer<Exception> broken) {
    this.channel = channel;
    this.sound = sound;
    this.bytes = bytes;
    this.crowded = crowded;
    this.over = over;
    this.broken = broken;
  }

  /** Whether it is for the other side to send. */
  boolean isReading() {
    return !ending && !left && channel.config().isAutoRead();
  }

  /** Whether no more is taken. */
  boolean isEnding() {
    return ending || left;
  }

  /** Passes on what is due, and looks again when more is. */
  void passOn() throws IOException {
    if (left) {
      return;
    }
    long wait = sound.passOn(Moment.now(), crowded);
    if (left) {
      return; // what was passed on has ended the stream
    }
    boolean full = crowded.getAsBoolean();
    if (bytes.get().isBehind() && !full) {
      bytes.get().goOn(Moment.now());
    }
    boolean behind = bytes.get().isBehind();
    boolean all = sound.isEmpty() && !behind;
    // What comes after the end is dropped by who reads.
    channel.config().setAutoRead(ending || !(full || behind || sound.isFull()));
    cancel();
    if (ending && all) {
      leave();
      over.run();
    } else if (full || !all) {
      long nanos = full ? CROWDED_NANOS : Math.max(LEAST_NANOS, wait);
      look = channel.eventLoop().schedule(this::lookAgain, nanos, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * No more comes; what is here already is still passed on in its time.
   *
   * @param damaged called with what is wrong with the last of it
   */
  void end(Consumer<Exception> damaged) {
    try {
      bytes.get().end(Moment.now());
    } catch (IOException | RuntimeException e) {
      damaged.accept(e);
    }
    ending = true;
    sound.end();
    lookAgain();
  }

  /** The stream is closed: what waits goes on, but for what has not happened yet. */
  void handOn() throws IOException {
    sound.end();
    sound.passOn(Moment.now());
  }

  /** Nothing is passed on any more. */
  void leave() {
    left = true;
    cancel();
  }

  private void lookAgain() {
    try {
      passOn();
    } catch (IOException | RuntimeException e) {
      broken.accept(e);
    }
  }

  private void cancel() {
    if (look != null) {
      look.cancel(false);
    }
  }
}
