package io.earshot.detector.app;

import io.earshot.detector.clip.Clips;
import io.earshot.detector.clip.KafkaClips;
import io.earshot.detector.event.EventRules;
import io.earshot.detector.live.Live;
import io.earshot.detector.live.LiveSettings;
import io.earshot.detector.web.ClipRoutes;
import io.earshot.detector.web.FactRoutes;
import io.earshot.detector.web.FindingRoutes;
import io.earshot.detector.web.LiveRoutes;
import io.earshot.detector.web.PageRoutes;
import io.earshot.detector.web.Routes;
import io.earshot.detector.web.WebException;
import io.earshot.detector.web.WebServer;
import io.earshot.detector.web.WebSettings;
import io.earshot.detector.web.WhatIfRoutes;
import io.earshot.models.pack.ModelPackage;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/** The detector's web server, with all that it answers. */
final class Web implements AutoCloseable {
  private final WebServer server;
  private final Live live;

  private Web(WebServer server, Live live) {
    this.server = server;
    this.live = live;
  }

  /**
   * Starts it, if the configuration wants it.
   *
   * @param model that is heard with
   * @return null if it does not
   * @throws UserException if it cannot start
   */
  static Web start(Config config, ModelPackage model, Map<String, Object> kafka)
      throws UserException {
    if (!config.web().enabled()) {
      return null;
    }
    WebSettings settings = config.web().settings(System.getenv());
    try {
      return start(config, model, settings, kafka);
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
   * @throws UserException if the rules do not fit the model
   */
  static Web start(
      Config config, ModelPackage model, WebSettings settings, Map<String, Object> kafka)
      throws WebException, UserException {
    EventRules rules = RulesOfConfig.of(config, model);
    Supplier<Consumer<byte[], byte[]>> consumers = ClipConsumers.of(kafka);
    Live live =
        Live.start(
            consumers,
            new LiveSettings(Earshot.version(), rules, config.events().loudSound().rules()));
    Clips clips = new KafkaClips(consumers, config.clips().settings(), live::known);
    List<Routes> routes =
        List.of(
            new PageRoutes(),
            new ClipRoutes(clips),
            new LiveRoutes(live),
            new FindingRoutes(live),
            new WhatIfRoutes(new WhatIfReplay(kafka, rules)),
            new FactRoutes(
                new InstalledModels(Home.resolve(config.model().directory()), model), rules));
    try {
      return new Web(WebServer.start(settings, routes), live);
    } catch (WebException e) {
      live.close();
      throw e;
    }
  }

  /** Where it can be asked, without a path. */
  String address() {
    return server.address();
  }

  /** What it answers at. */
  List<String> routes() {
    return server.routes();
  }

  @Override
  public void close() {
    server.close();
    live.close();
  }
}
