package io.earshot.detector.segment;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Times out the silent streams of a Kafka Streams task, by the time that Kafka Streams was given,
 * which nobody can set (see {@link io.earshot.detector.broker.SteadyTime}), and from when the task
 * came here: what was not read while the detector was down is no silence.
 *
 * <p>Called by the task's thread alone. An idle task has no timer, which would make it commit.
 */
public final class StreamTimeouts {
  /** The streams of a task, as its store knows them. */
  public interface Streams {
    /** Hands out the id of each. */
    void forEach(Consumer<String> action);

    /** Called about once a second while there are any. */
    default void tick(long nowMillis) {}

    /** Ends the stream; it has been forgotten here. */
    void timeOut(String stream);
  }

  private static final Duration TICK = Duration.ofSeconds(1);

  /** Streams that end in one tick: each may be a patch, and a transaction must not take long. */
  private static final int MOST = 500;

  private final ProcessorContext<?, ?> context;
  private final Duration tick;
  private final Streams streams;
  private final SilentStreams silent;
  private boolean known;
  private Cancellable timer;

  /**
   * To be made in the processor's {@code init}, for each task anew.
   *
   * @param timeout how long a stream may be silent
   */
  public StreamTimeouts(ProcessorContext<?, ?> context, Duration timeout, Streams streams) {
    this.context = context;
    this.streams = streams;
    this.silent = new SilentStreams(timeout);
    Duration quarter = timeout.dividedBy(4);
    this.tick = quarter.compareTo(TICK) < 0 ? quarter : TICK;
    // Another process may have left streams in the store that will never send again.
    start();
  }

  /** The stream has sent something. */
  public void heard(String stream) {
    silent.heard(stream, context.currentSystemTimeMs());
    start();
  }

  /** The stream has ended by itself. */
  public void forget(String stream) {
    silent.forget(stream);
  }

  /** Hands out each stream that was heard here and is not over. */
  public void forEach(Consumer<String> action) {
    silent.forEach(action);
  }

  /** Ends the timer, which Kafka Streams leaves running when it begins a task anew. */
  public void close() {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void start() {
    if (timer == null) {
      timer = context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }
  }

  private void tick(long nowMillis) {
    if (!known) {
      streams.forEach(stream -> silent.there(stream, nowMillis));
      known = true;
    }
    streams.tick(nowMillis);
    silent.take(nowMillis, MOST).forEach(streams::timeOut);
    if (silent.isEmpty()) {
      timer.cancel();
      timer = null;
    }
  }
}
