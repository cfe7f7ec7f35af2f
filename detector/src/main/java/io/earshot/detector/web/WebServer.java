package io.earshot.detector.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The detector's web server, which answers what its {@link Routes} can.
 *
 * <pre>{@code
 * try (WebServer web = WebServer.start(new WebSettings("127.0.0.1", 8080, ""), List.of(routes))) {
 *   System.err.println(web.address());
 * }
 * }</pre>
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 2;
  private static final int IDLE_MILLIS = 30_000;
  private static final long STOP_MILLIS = 2_000;
  private static final long STOP_IDLE_MILLIS = 50;

  /** Longer than Kafka is waited for. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** Half as fast as sound plays. */
  private static final long BYTES_PER_SECOND = 16_000;

  /** Of what a browser is told of every answer: it is no page, and nobody else's business. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cache-Control", "no-store");

  /** Only a setting for the replay of the past is ever sent. */
  private static final long MAX_BODY_BYTES = 4_096;

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  private final Javalin javalin;
  private final String host;
  private final List<Routes> routes;

  private WebServer(Javalin javalin, String host, List<Routes> routes) {
    this.javalin = javalin;
    this.host = host;
    this.routes = routes;
  }

  /**
   * Starts it; returns when it takes requests.
   *
   * @throws WebException if the port is taken, or the address is none of this machine's
   */
  public static WebServer start(WebSettings settings, List<Routes> routes) throws WebException {
    return start(settings, routes, new SlowReaders(GRACE, BYTES_PER_SECOND));
  }

  static WebServer start(WebSettings settings, List<Routes> routes, SlowReaders slow)
      throws WebException {
    Javalin javalin = Javalin.create(config -> configure(config, settings, routes, slow));
    WebServer server = new WebServer(javalin, settings.urlHost(), routes);
    try {
      javalin.start(settings.listen(), settings.port());
      return server;
    } catch (JavalinException e) {
      server.close();
      throw new WebException(deepest(e), e);
    }
  }

  /** Where it can be asked, without a path. */
  public String address() {
    return "http://" + host + ":" + javalin.port();
  }

  /** What it answers at: methods and paths, such as {@code GET /api/events/{id}}. */
  public List<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(handler -> handler.endpoint)
        .filter(endpoint -> endpoint.method.isHttpMethod())
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .toList();
  }

  /** Waits a moment for answers that are on their way. */
  @Override
  public void close() {
    routes.forEach(Routes::beforeStop);
    try {
      javalin.stop();
    } catch (JavalinException e) {
      log.debug("an answer was broken off", e);
    }
  }

  private static void configure(
      JavalinConfig config, WebSettings settings, List<Routes> routes, SlowReaders slow) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = MAX_BODY_BYTES;
    // Sound and pictures become no smaller, and a compressed range is none.
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = threads();
    config.jetty.modifyServer(
        server -> {
          server.setStopTimeout(STOP_MILLIS);
          server.addEventListener(new QuickStop(server));
          // Javalin puts its own into it.
          server.setHandler(slow);
        });
    config.jetty.modifyHttpConfiguration(http -> http.setIdleTimeout(IDLE_MILLIS));
    Guard guard = new Guard(settings);
    Set<String> open =
        routes.stream().flatMap(some -> some.open().stream()).collect(Collectors.toSet());
    config.routes.before(context -> admit(context, guard, open));
    explain(config.routes);
    new SessionRoutes(guard).addTo(config.routes);
    routes.forEach(some -> some.addTo(config.routes));
  }

  /** Connections that browsers keep for later are not waited for. */
  private record QuickStop(Server server) implements LifeCycle.Listener {
    @Override
    public void lifeCycleStopping(LifeCycle event) {
      for (Connector connector : server.getConnectors()) {
        if (connector instanceof AbstractConnector open) {
          open.setShutdownIdleTimeout(STOP_IDLE_MILLIS);
        }
      }
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, IDLE_MILLIS);
    threads.setName("earshot-web");
    threads.setDaemon(true);
    return threads;
  }

  private static void admit(Context context, Guard guard, Set<String> open) {
    HEADERS.forEach(context::header);
    String host = context.header("Host");
    guard.checkHost(host);
    if (!READING.contains(context.method())) {
      guard.checkOrigin(host, context.header("Sec-Fetch-Site"), context.header("Origin"));
    }
    if (!open.contains(context.path())) {
      guard.checkToken(
          context.header("Authorization"),
          context.queryParam("token"),
          context.cookie(Guard.cookieName(context.port())));
    }
  }

  private static void explain(RoutesConfig routes) {
    routes.exception(Refusal.class, (e, context) -> Json.error(context, e.status, e.getMessage()));
    routes.exception(
        HttpResponseException.class,
        (e, context) -> Json.error(context, e.getStatus(), Json.reason(e.getStatus())));
    routes.exception(
        Exception.class,
        (e, context) -> {
          log.warn("{} failed: {}", context.path(), e.toString());
          log.debug("it failed", e);
          Json.error(context, 500, "this failed; the detector's log says why");
        });
  }

  private static String deepest(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
