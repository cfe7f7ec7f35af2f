package io.earshot.producer.app;

import io.earshot.producer.live.FrameQueue;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.net.NetStreams;
import io.earshot.producer.net.Tls;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.source.MicrophoneSource;
import io.earshot.producer.source.RawSource;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Runs many streams at once into one sink.
 *
 * <pre>
 * try (Streams streams = new Streams(publisher)) {
 *   streams.open(StreamSettings.of("yard", "rtp://:5004"));
 *   streams.all().forEach(stream -&gt; stream.status());
 * }
 * </pre>
 *
 * <p>Those from the network share one thread, each of the others has its own (with ffmpeg two), and
 * one more waits for the sink. A stream that breaks is told by its status; the others go on. Any
 * thread.
 */
public final class Streams implements AutoCloseable {
  /** 13 MB: what 200 streams send in 20 s. */
  private static final int QUEUED_FRAMES = 4_096;

  private static final int NETWORK_THREADS = 1;
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final String STANDARD_INPUT = "-";
  private static final String SOURCES =
      "allowed: mic:[DEVICE], file:PATH, -, ffmpeg:URL, udp://[HOST]:PORT, rtp://[HOST]:PORT,"
          + " tcp://HOST:PORT, tcp://:PORT, http[s]://HOST/PATH, http[s]://:PORT,"
          + " ws[s]://:PORT";

  private final Predicate<String> crowded;
  private final FrameQueue queue;
  private final NetStreams network;
  private final Map<String, LiveStream> streams = new LinkedHashMap<>();
  private boolean closed;

  /**
   * Starts what all share.
   *
   * @param sink stays open
   */
  public Streams(FrameSink sink) {
    this(sink, stream -> false);
  }

  /**
   * Likewise.
   *
   * @param crowded whether the sink has much of a stream to do yet, so that files that are read as
   *     fast as they can be should wait; what comes in its own time goes on, for it would be lost
   */
  public Streams(FrameSink sink, Predicate<String> crowded) {
    this(sink, crowded, null);
  }

  /**
   * Likewise.
   *
   * @param tls for streams of {@code https} and {@code wss} that others send; may be null
   */
  public Streams(FrameSink sink, Predicate<String> crowded, Tls tls) {
    this.crowded = crowded;
    this.queue = new FrameQueue(sink, QUEUED_FRAMES);
    this.network = new NetStreams(NETWORK_THREADS, queue, Sessions::next, tls);
  }

  /**
   * Starts a stream. Whether it finds what it looks for is told by its status.
   *
   * @throws IllegalArgumentException if the settings can never work: one line that names stream and
   *     source and what is allowed
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized LiveStream open(StreamSettings settings) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    try {
      if (streams.containsKey(settings.name())) {
        throw new IllegalArgumentException("another stream has this name");
      }
      checkStandardInput(settings);
      LiveStream stream = start(settings);
      streams.put(settings.name(), stream);
      return stream;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("stream %s: %s".formatted(settings, e.getMessage()), e);
    }
  }

  /** Two readers would share its bytes out among them. */
  private void checkStandardInput(StreamSettings settings) {
    if (settings.source().equals(STANDARD_INPUT)) {
      streams.values().stream()
          .filter(other -> other.source().equals(STANDARD_INPUT))
          .findFirst()
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "stream %s has the standard input, allowed: one".formatted(other.name()));
              });
    }
  }

  /** In the order in which they were opened. */
  public synchronized List<LiveStream> all() {
    return List.copyOf(streams.values());
  }

  /** Who came by HTTP or WebSocket and meant no stream that is known, by reason. */
  public Map<String, Long> refused() {
    return network.refused();
  }

  /** Frames that the sink did not take in time. */
  public long dropped() {
    return queue.dropped();
  }

  /**
   * Ends all streams and hands their last frames on, within some seconds. A second call does
   * nothing.
   *
   * @throws IOException if the sink failed or did not take all
   */
  @Override
  public void close() throws IOException {
    // Without the lock, so that metrics and health are not made to wait.
    PullStream.closeAll(endAndPulled());
    network.close();
    queue.close();
  }

  /** None is opened any more. */
  private synchronized List<PullStream> endAndPulled() {
    closed = true;
    return streams.values().stream()
        .filter(PullStream.class::isInstance)
        .map(PullStream.class::cast)
        .toList();
  }

  private LiveStream start(StreamSettings settings) {
    String source = settings.source();
    if (source.matches("(?i)(udp|rtp|tcp|https?|wss?):.*")) {
      return network.open(settings);
    }
    PullStream stream = pulled(settings);
    stream.start();
    return stream;
  }

  private PullStream pulled(StreamSettings settings) {
    String source = settings.source();
    if (source.equals(STANDARD_INPUT)) {
      Timing timing = Timing.streamed(settings.playback().pace());
      return pulled(settings, progress -> standardInput(settings), timing);
    }
    if (source.startsWith("mic:")) {
      String device = source.substring("mic:".length());
      SourceOpener opener = progress -> MicrophoneSource.open(device.isEmpty() ? null : device);
      // It cannot wait: while it does, sound is lost.
      return new PullStream(settings, opener, Timing.LIVE, () -> false, queue, FIRST_WAIT);
    }
    if (source.startsWith("file:") && source.length() > "file:".length()) {
      Path file = Path.of(source.substring("file:".length()));
      var opener = new FileOpener(file, settings.playback().loop());
      return pulled(settings, opener, Timing.of(settings.playback().pace()));
    }
    if (source.startsWith("ffmpeg:")) {
      var opener = new FfmpegOpener(source.substring("ffmpeg:".length()), settings);
      return pulled(settings, opener, opener.timing());
    }
    throw new IllegalArgumentException("no such source, " + SOURCES);
  }

  private PullStream pulled(StreamSettings settings, SourceOpener opener, Timing timing) {
    return new PullStream(settings, opener, timing, crowded(settings, timing), queue, FIRST_WAIT);
  }

  /** While Kafka is behind, the spool takes what comes in its own time. */
  private BooleanSupplier crowded(StreamSettings settings, Timing timing) {
    return timing == Timing.READ_AHEAD
        ? () -> queue.isCrowded() || crowded.test(settings.name())
        : queue::isCrowded;
  }

  private static RawSource standardInput(StreamSettings settings) {
    return new RawSource(
        System.in,
        settings.raw().shape(),
        settings.raw().encoding(),
        Instant.now(),
        "standard input");
  }
}
