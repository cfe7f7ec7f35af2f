package io.earshot.detector.app;

import io.earshot.producer.app.Sessions;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.stream.Pace;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Streams recordings into Kafka one after the other, on a thread of its own. */
final class Feeder implements AutoCloseable {
  /** What it tells, on its own thread. */
  interface Listener {
    /** {@code samples} of 16 kHz sound are on their way. */
    default void fed(long samples) {}

    /** The recording could not be read, or not to its end; what was read goes its way. */
    default void failed(Recording recording, String problem) {}
  }

  private final List<Recording> recordings;
  private final FrameSink publisher;
  private final Pace pace;
  private final Listener listener;
  private final boolean repeats;
  private final Map<String, Instant> starts = new ConcurrentHashMap<>();
  private final Thread thread = new Thread(this::run, "earshot-feeder");
  private volatile boolean stopping;
  private volatile StreamPump pump;
  private volatile Throwable failure;

  Feeder(List<Recording> recordings, FrameSink publisher, Pace pace, Listener listener) {
    this(recordings, publisher, pace, listener, false);
  }

  /**
   * @param repeats whether the first recording follows the last one, until {@link #stop}
   */
  Feeder(
      List<Recording> recordings,
      FrameSink publisher,
      Pace pace,
      Listener listener,
      boolean repeats) {
    this.recordings = recordings;
    this.publisher = publisher;
    this.pace = pace;
    this.listener = listener;
    this.repeats = repeats;
  }

  void start() {
    thread.start();
  }

  /** Ends the recording that is streaming, and streams no other. */
  void stop() {
    stopping = true;
    StreamPump current = pump;
    if (current != null) {
      current.stop();
    }
  }

  /** Whether it was asked to stop. */
  boolean isStopped() {
    return stopping;
  }

  /** Capture time of the last recording's first sample; null while the stream has not begun. */
  Instant start(String stream) {
    return starts.get(stream);
  }

  /** Whether everything has been handed to Kafka. */
  boolean isDone() {
    return !thread.isAlive();
  }

  /** Why not everything will reach Kafka, or null. */
  Throwable failure() {
    return failure;
  }

  @Override
  public void close() {
    stop();
    await(5_000);
  }

  /** Waits, but not for ever, for the last of the sound to be handed to Kafka. */
  void await(long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        for (Recording recording : recordings) {
          if (!stopping) {
            feed(recording);
          }
        }
      } while (repeats && !stopping);
      publisher.flush();
    } catch (Throwable e) {
      failure = e;
    }
  }

  private void feed(Recording recording) throws IOException {
    try (AudioSource source =
        recording.opener().open(Instant.now().truncatedTo(ChronoUnit.MILLIS))) {
      starts.put(recording.stream(), source.start());
      pump =
          new StreamPump(
              recording.stream(), Sessions.next(), source, publisher, pace, frames -> {});
      if (stopping) {
        pump.stop();
      }
      listener.fed(pump.run());
    } catch (IOException e) {
      listener.failed(recording, e.getMessage());
    }
  }
}
