package io.earshot.producer.app;

import io.earshot.producer.app.SourceOpener.Next;
import io.earshot.producer.clock.Moment;
import io.earshot.producer.live.Backoff;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.live.Progress;
import io.earshot.producer.live.SoundLine;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.AudioShape;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.MissingProgramException;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A stream whose sound has to be fetched, on a thread of its own: a microphone, files, ffmpeg,
 * standard input. One that fails is opened again, and again, with longer and longer waits; one that
 * ends is over, or another follows.
 */
final class PullStream implements LiveStream {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration CROWDED_WAIT = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A read waits for so much sound at most. */
  private static final int READS_A_SECOND = 20;

  private final StreamSettings settings;
  private final SourceOpener opener;
  private final Timing timing;
  private final BooleanSupplier crowded;
  private final SoundLine line;
  private final Progress progress;
  private final Backoff backoff;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile AudioSource source;

  /** When the last sample was captured that was read ahead, microseconds since 1970. */
  private long readUpToMicros;

  /**
   * A stream that has yet to start.
   *
   * @param crowded whether to fetch no more for now; for what cannot wait, never
   */
  PullStream(
      StreamSettings settings,
      SourceOpener opener,
      Timing timing,
      BooleanSupplier crowded,
      FrameSink sink,
      Duration firstWait) {
    this.settings = settings;
    this.opener = opener;
    this.timing = timing;
    this.crowded = crowded;
    this.line = new SoundLine(settings.name(), settings.conditioning(), Sessions::next, sink);
    this.progress = new Progress(settings.name(), settings.source());
    this.backoff = new Backoff(firstWait, LONGEST_WAIT, new SplittableRandom());
    this.thread = new Thread(this::run, "earshot-" + settings.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String source() {
    return progress.source();
  }

  @Override
  public Status status() {
    return progress.status(line.counts());
  }

  @Override
  public void close() {
    closeAll(List.of(this));
  }

  /** Ends all at the same time, within two seconds however many they are. */
  static void closeAll(List<PullStream> streams) {
    streams.forEach(PullStream::stop);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (PullStream stream : streams) {
      stream.awaitEnd(deadline - System.nanoTime());
    }
  }

  private void stop() {
    closing.countDown();
    opener.stop();
    AudioSource open = source;
    if (open != null) {
      open.stop();
    }
  }

  private void awaitEnd(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    progress.closed();
  }

  /** Nothing that goes wrong ends this thread without a word. */
  private void run() {
    try {
      sessions();
    } catch (RuntimeException | Error e) {
      progress.failed(e);
    }
    progress.closed();
  }

  private void sessions() {
    Next next = Next.AT_ONCE;
    while (next != Next.NONE && !progress.isOver() && !isClosing()) {
      if (next == Next.LATER) {
        pause(backoff.next(line.counts().frames()).toNanos());
      }
      progress.connecting();
      next = session();
    }
  }

  private Next session() {
    long before = line.counts().frames();
    Throwable failure = play();
    Next follows = opener.next(failure == null, line.counts().frames() > before);
    if (failure == null || isClosing()) {
      return follows;
    }
    if (follows == Next.FAILED || (isHopeless(failure) && follows == Next.LATER)) {
      progress.failed(failure);
      return Next.NONE;
    }
    progress.trouble(failure);
    return follows;
  }

  private static boolean isHopeless(Throwable failure) {
    return failure instanceof Error
        || failure instanceof IllegalArgumentException
        || failure instanceof MissingProgramException;
  }

  /** Null if the source came to its end, or why it did not. */
  private Throwable play() {
    try (AudioSource opened = opener.open(progress)) {
      source = opened;
      pump(opened);
      return null;
    } catch (IOException | RuntimeException | Error e) {
      return e;
    } finally {
      source = null;
      endSession();
    }
  }

  /** It waits before it reads: what was read goes on at once, with the time when it came. */
  private void pump(AudioSource from) throws IOException {
    AudioShape shape = from.shape();
    line.begin(shape.rate(), shape.channels());
    progress.running(shape.toString());
    Moment start = Moment.now();
    long startMicros = Math.max(readUpToMicros, start.wallMicros());
    int most = Math.max(1, shape.rate() / READS_A_SECOND);
    float[] block = new float[most * shape.channels()];
    long position = 0;
    while (awaitTurn(start.nanos() + timing.dueNanos(micros(position + most, shape.rate())))) {
      int samples = from.read(block);
      Moment here = Moment.now();
      if (samples < 0) {
        return;
      }
      int frames = samples / shape.channels();
      long end = position + frames;
      if (timing == Timing.READ_AHEAD) {
        readUpToMicros = startMicros + micros(end, shape.rate());
        line.reported(end, readUpToMicros);
      } else {
        line.arrived(end, here);
      }
      line.add(position, block, frames);
      position = end;
    }
  }

  /** In two steps, for a stream may go on for years. */
  private static long micros(long frames, int rate) {
    return frames / rate * 1_000_000 + frames % rate * 1_000_000 / rate;
  }

  /** False if the stream is closed before. */
  private boolean awaitTurn(long dueNanos) {
    while (crowded.getAsBoolean() && !isClosing()) {
      pause(CROWDED_WAIT.toNanos());
    }
    pause(dueNanos - System.nanoTime());
    return !isClosing();
  }

  private void endSession() {
    try {
      line.end();
    } catch (IOException e) {
      progress.failed(e);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void pause(long nanos) {
    try {
      closing.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }
}
