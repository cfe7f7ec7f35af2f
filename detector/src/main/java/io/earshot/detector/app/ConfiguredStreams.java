package io.earshot.detector.app;

import io.earshot.producer.app.Streams;
import io.earshot.producer.live.LiveStream;
import io.earshot.producer.net.Tls;
import io.earshot.producer.publish.FrameSink;
import io.earshot.producer.stream.StreamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** {@code streams} in the configuration, on their way to be run. */
final class ConfiguredStreams {
  private final List<StreamSettings> settings;
  private final Tls tls;

  private ConfiguredStreams(List<StreamSettings> settings, Tls tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /**
   * Fills in what the environment holds.
   *
   * @throws UserException if there are no streams, or a variable is not set
   */
  static ConfiguredStreams of(Config config, Map<String, String> environment) throws UserException {
    if (config.streams().isEmpty()) {
      throw UserException.wrongUse(
          "nothing to send: name a file, - or --device, or streams in the configuration");
    }
    Variables variables = new Variables(environment);
    List<StreamSettings> settings = new ArrayList<>();
    for (SourceConfig source : config.streams()) {
      settings.add(source.settings(variables));
    }
    return new ConfiguredStreams(settings, config.ingest().tls(environment));
  }

  /**
   * Starts all.
   *
   * @param crowded whether Kafka is behind with a stream, which then waits if it can
   * @throws UserException if one can never work; none runs then
   */
  Streams start(FrameSink sink, Predicate<String> crowded) throws UserException, IOException {
    Streams streams = new Streams(sink, crowded, tls);
    try {
      for (StreamSettings one : settings) {
        var unused = streams.open(one);
      }
      return streams;
    } catch (IllegalArgumentException e) {
      streams.close();
      throw UserException.wrongUse(e.getMessage(), e);
    }
  }

  /** Whether a stream will bring no more. */
  static boolean isOver(LiveStream stream) {
    LiveStream.State state = stream.status().state();
    return state == LiveStream.State.CLOSED || state == LiveStream.State.FAILED;
  }
}
