package io.earshot.detector.app;

import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.EventTail;
import io.earshot.detector.clip.KafkaClips;
import io.earshot.detector.web.ClipRoutes;
import io.earshot.detector.web.WebException;
import io.earshot.detector.web.WebServer;
import io.earshot.detector.web.WebSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** The detector's web server, with all that it answers. */
final class Web implements AutoCloseable {
  private final WebServer server;
  private final EventTail tail;

  private Web(WebServer server, EventTail tail) {
    this.server = server;
    this.tail = tail;
  }

  /**
   * Starts it, if the configuration wants it.
   *
   * @return null if it does not
   * @throws UserException if it cannot start
   */
  static Web start(Config config, Map<String, Object> kafka) throws UserException {
    if (!config.web().enabled()) {
      return null;
    }
    WebSettings settings = config.web().settings(System.getenv());
    try {
      return start(config, settings, kafka);
    } catch (WebException e) {
      throw UserException.failed(
          "web.port %d on %s: %s; name another one, or set web.enabled to false"
              .formatted(settings.port(), settings.listen(), e.getMessage()),
          e);
    }
  }

  /**
   * Starts it on a port of these settings.
   *
   * @throws WebException if that is taken, or the address is none of this machine's
   */
  static Web start(Config config, WebSettings settings, Map<String, Object> kafka)
      throws WebException {
    Supplier<Consumer<byte[], byte[]>> consumers = ClipConsumers.of(kafka);
    EventTail tail = EventTail.start(consumers);
    Clips clips = new KafkaClips(consumers, config.clips().settings(), tail::get);
    try {
      return new Web(WebServer.start(settings, List.of(new ClipRoutes(clips))), tail);
    } catch (WebException e) {
      tail.close();
      throw e;
    }
  }

  /** Where it can be asked, without a path. */
  String address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
    tail.close();
  }
}
