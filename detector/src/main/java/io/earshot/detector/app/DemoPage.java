package io.earshot.detector.app;

import io.earshot.detector.web.WebException;
import io.earshot.detector.web.WebSettings;
import io.earshot.models.pack.ModelPackage;
import java.io.PrintWriter;
import java.util.Map;

/**
 * The page that shows the demo. Where another Earshot has the port, it takes a free one: nobody
 * else counts on the demo's address.
 */
final class DemoPage implements Session.Companion {
  private final Config config;
  private final ModelPackage model;
  private final WebSettings settings;
  private final PrintWriter err;

  /**
   * @throws UserException if the configuration wants it seen by others, and has no token
   */
  DemoPage(Config config, ModelPackage model, PrintWriter err) throws UserException {
    this.config = config;
    this.model = model;
    this.settings = config.web().settings(System.getenv());
    this.err = err;
  }

  @Override
  public Web open(Map<String, Object> kafka) throws UserException {
    try {
      Web web = Web.start(config, model, settings, kafka);
      err.println("Watch at " + web.address());
      return web;
    } catch (WebException e) {
      Web web = openAnywhere(kafka, e);
      err.printf("Watch at %s; web.port %d: %s.%n", web.address(), settings.port(), e.getMessage());
      return web;
    }
  }

  private Web openAnywhere(Map<String, Object> kafka, WebException refused) throws UserException {
    try {
      return Web.start(
          config, model, new WebSettings(settings.listen(), 0, settings.token()), kafka);
    } catch (WebException e) {
      // Not the port, then.
      throw UserException.failed(
          "web.listen %s: %s; --no-web does without the page"
              .formatted(settings.listen(), refused.getMessage()),
          e);
    }
  }
}
