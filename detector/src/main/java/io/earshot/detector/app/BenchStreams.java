package io.earshot.detector.app;

import io.earshot.detector.bench.CaptureClock;
import io.earshot.detector.bench.SoundPattern;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Streams of the pattern, played frame by frame to all of them. Belongs to one thread. */
final class BenchStreams {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final FramePublisher publisher;
  private final SoundPattern sound;
  private final String name;
  private final int count;
  private final int spread;
  private final long hopMillis;
  private final long scoredBefore;
  private final CaptureClock clock;
  private long seq;

  /**
   * @param name what their ids begin with
   * @param spread 1: all in step; n: they begin over n frames, so that their segments do not end
   *     together
   * @param scoredBefore what the pipeline had scored before these
   */
  BenchStreams(
      FramePublisher publisher,
      SoundPattern sound,
      String name,
      int count,
      int spread,
      long hopMillis,
      long scoredBefore) {
    this.publisher = publisher;
    this.sound = sound;
    this.name = name;
    this.count = count;
    this.spread = spread;
    this.hopMillis = hopMillis;
    this.scoredBefore = scoredBefore;
    this.clock = new CaptureClock(System.nanoTime(), System.currentTimeMillis());
  }

  CaptureClock clock() {
    return clock;
  }

  long scoredBefore() {
    return scoredBefore;
  }

  /** Segments of all streams that could be cut of what was sent. */
  long segments() {
    long all = 0;
    for (int late = 0; late < spread; late++) {
      int streams = (count - late + spread - 1) / spread;
      all += streams * CaptureClock.segments(Math.max(0, seq - late), hopMillis);
    }
    return all;
  }

  /** Sends the next 100 ms at once. */
  void send() throws IOException {
    send(false);
  }

  /** Sends the next 100 ms when they would have been captured. */
  void sendInTime() throws IOException {
    long left = clock.frameNanos(seq) - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = clock.frameNanos(seq) - System.nanoTime();
    }
    send(false);
  }

  /** How far behind their time the frames are sent. */
  double lateSeconds() {
    return Math.max(0, System.nanoTime() - clock.frameNanos(seq)) / 1e9;
  }

  /** Ends all streams. */
  void end() throws IOException {
    send(true);
    publisher.flush();
  }

  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void send(boolean end) throws IOException {
    for (int i = 0; i < count; i++) {
      long own = seq - i % spread;
      if (own >= 0) {
        long captured = clock.startMillis() + seq * 100;
        publisher.publish(
            new Frame(name + i, "bench", own, captured, Encoding.S16LE, sound.frame(own), end));
      }
    }
    seq++;
  }
}
