package io.earshot.producer.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Predicate;
import io.prometheus.client.exporter.HTTPServer.HTTPMetricHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells metrics and health over HTTP, on threads of its own.
 *
 * <pre>{@code
 * MetricsSettings settings = new MetricsSettings("127.0.0.1", 9464, 10);
 * try (MetricsServer server = MetricsServer.start(settings, registry, new Health())) {
 *   System.err.println(server.address() + "/metrics");
 * }
 * }</pre>
 *
 * <p>{@code /metrics} is what Prometheus reads, {@code /healthz} and {@code /readyz} are text with
 * a line for each component, status 200 if nothing is wrong and 503 if something is.
 */
public final class MetricsServer implements AutoCloseable {
  /**
   * Most of the time one is enough. Whoever sends a byte and no more keeps one until its time is
   * over, and whoever asks for health is not to wait behind them.
   */
  private static final int MOST_THREADS = 32;

  private static final int IDLE_SECONDS = 30;
  private static final String GET = "GET";
  private static final String HEAD = "HEAD";

  /** When a counter began, which Prometheus does not need: half as many series. */
  private static final Predicate<String> WANTED = name -> !name.endsWith("_created");

  private final HttpServer server;
  private final ExecutorService threads;
  private final String host;

  private MetricsServer(HttpServer server, MetricsSettings settings, HttpHandler handler) {
    this.server = server;
    this.host = settings.urlHost();
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            // Nobody waits in it: of too many, the server closes the connection.
            new SynchronousQueue<>(),
            MetricsServer::thread);
    server.setExecutor(threads);
    server.createContext("/", handler);
    server.start();
  }

  /**
   * Starts it; returns when it takes requests.
   *
   * @throws BindException all the ports are taken, or the address is none of this machine's
   * @throws IOException it cannot listen
   */
  public static MetricsServer start(
      MetricsSettings settings, CollectorRegistry registry, Health health) throws IOException {
    // Whoever reads nothing, or sends half a request, is not to keep a thread for ever.
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqTime", "10");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxRspTime", "60");
    HttpHandler metrics = new HTTPMetricHandler(registry, () -> WANTED);
    HostGuard guard = new HostGuard(settings);
    HttpServer server = bind(settings);
    return new MetricsServer(server, settings, it -> answer(it, guard, metrics, health));
  }

  private static HttpServer bind(MetricsSettings settings) throws IOException {
    InetAddress address = InetAddress.getByName(settings.listen());
    for (int more = settings.tries() - 1; ; more--) {
      int port = settings.port() + settings.tries() - 1 - more;
      try {
        return HttpServer.create(new InetSocketAddress(address, port), 0);
      } catch (BindException e) {
        if (more == 0) {
          throw e;
        }
      }
    }
  }

  /** Where it can be asked, without a path. */
  public String address() {
    return "http://" + host + ":" + port();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Breaks off what is on its way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "earshot-metrics");
    thread.setDaemon(true);
    return thread;
  }

  private static void answer(
      HttpExchange exchange, HostGuard guard, HttpHandler metrics, Health health)
      throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      if (!guard.admits(exchange.getRequestHeaders().getFirst("Host"))) {
        text(exchange, 421, "ask for localhost, or the address that metrics.listen names\n");
      } else if (path.equals("/metrics") && method.equals(GET)) {
        metrics.handle(exchange);
      } else if (!method.equals(GET) && !method.equals(HEAD)) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        text(exchange, 405, "GET and HEAD are allowed\n");
      } else {
        tell(exchange, path, health);
      }
    }
  }

  private static void tell(HttpExchange exchange, String path, Health health) throws IOException {
    switch (path) {
      case "/healthz" -> report(exchange, health.liveness());
      case "/readyz" -> report(exchange, health.readiness());
      case "/metrics" -> text(exchange, 200, "");
      default -> text(exchange, 404, "there are /metrics, /healthz and /readyz\n");
    }
  }

  private static void report(HttpExchange exchange, Health.Report report) throws IOException {
    text(exchange, report.fine() ? 200 : 503, report.text());
  }

  private static void text(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals(HEAD) || body.length == 0;
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
