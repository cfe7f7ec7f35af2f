package io.earshot.detector.app;

import io.earshot.detector.event.Event;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.stream.Pace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Recordings through a pipeline of their own, from the first sample to the last event: what detect,
 * listen and demo have in common.
 */
final class Session {
  /** What is open as long as the pipeline is, and uses its Kafka. */
  interface Companion {
    Companion NONE = kafka -> null;

    /** Null if there is nothing to close. */
    AutoCloseable open(Map<String, Object> kafka) throws UserException;
  }

  /** After Ctrl-C: enough for what a live stream has on its way. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Config config;
  private final ModelPackage model;
  private final List<Recording> recordings;
  private final Pace pace;
  private Companion companion = Companion.NONE;
  private boolean repeats;

  Session(Config config, ModelPackage model, List<Recording> recordings, Pace pace) {
    this.config = config;
    this.model = model;
    this.recordings = recordings;
    this.pace = pace;
  }

  /** Opens it before the first sample, and closes it after the last event. */
  Session beside(Companion other) {
    companion = other;
    return this;
  }

  /** Whether to stream the recordings again and again. */
  Session repeating(boolean again) {
    repeats = again;
    return this;
  }

  /**
   * Streams everything, hands each event to the sink, and closes all. Ctrl-C ends the streams, and
   * with them the session.
   *
   * @param sink made when the feeder is there, which knows when each stream began
   * @return whether Ctrl-C has ended it
   * @throws UserException if a stage failed
   */
  @SuppressWarnings("try") // What is beside is only to be closed.
  boolean run(PipelineMetrics metrics, Feeder.Listener listener, Function<Feeder, EventSink> sink)
      throws Exception {
    try (Interrupt interrupt = Interrupt.open();
        Station station = Station.open(config, model, metrics);
        AutoCloseable beside = companion.open(station.kafka());
        FramePublisher publisher = station.publisher();
        Follower follower = station.follower();
        Feeder feeder = new Feeder(recordings, publisher, pace, listener, repeats)) {
      interrupt.onRequest(feeder::stop);
      feeder.start();
      follow(follower, feeder, sink.apply(feeder), new Watch(station.detector(), interrupt));
      return interrupt.requested();
    }
  }

  /** What may end the session before its streams have ended. */
  private static final class Watch {
    private final CompletableFuture<Throwable> failed;
    private final Interrupt interrupt;
    private long deadline;

    Watch(Detector detector, Interrupt interrupt) {
      this.failed = detector.failed();
      this.interrupt = interrupt;
    }

    /** Whether Ctrl-C came too long ago to wait any more for what is still on its way. */
    boolean isOver(Feeder feeder) throws UserException {
      Throwable reason = failed.isDone() ? failed.join() : feeder.failure();
      if (reason != null) {
        throw UserException.failed(Failure.oneLine(reason), reason);
      }
      if (deadline == 0 && interrupt.requested()) {
        deadline = System.nanoTime() + PATIENCE_NANOS;
      }
      return deadline != 0 && System.nanoTime() - deadline > 0;
    }
  }

  private void follow(Follower follower, Feeder feeder, EventSink sink, Watch watch)
      throws UserException {
    boolean done = false;
    while (!done && !sink.isClosed() && !watch.isOver(feeder)) {
      // Asked before the poll: a recording that begins meanwhile is waited for.
      boolean fed = feeder.isDone();
      for (Event event : follower.poll()) {
        sink.event(event);
      }
      sink.round(stream -> isOver(stream, follower, feeder, fed));
      done =
          fed
              && recordings.stream()
                  .allMatch(recording -> isOver(recording.stream(), follower, feeder, true));
    }
  }

  /** A stream that did not begin before the feeder was done never will. */
  private static boolean isOver(String stream, Follower follower, Feeder feeder, boolean fed) {
    return follower.isOver(stream) || (fed && feeder.start(stream) == null);
  }
}
