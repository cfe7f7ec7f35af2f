package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that answers as it is told, and 200 when it has been told nothing. */
public final class WebhookReceiver implements AutoCloseable {
  /** The answer that never comes. */
  public static final int HANG = -1;

  /** Headers, and a body that never ends. */
  public static final int HANG_IN_BODY = -2;

  public record Request(String method, String path, Headers headers, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private WebhookReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public static WebhookReceiver start() throws IOException {
    return start(0);
  }

  public static WebhookReceiver start(int port) throws IOException {
    return new WebhookReceiver(port);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port() + "/hook?x=1");
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public void answer(Integer... statuses) {
    answers.addAll(List.of(statuses));
  }

  public List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            body));
    Integer status = answers.pollFirst();
    if (status == null) {
      status = 200;
    }
    if (status == HANG) {
      hang();
    } else if (status == HANG_IN_BODY) {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      hang();
    } else {
      exchange.getResponseHeaders().set("Location", "/elsewhere");
      exchange.getResponseHeaders().set("Retry-After", "7");
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  private void hang() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
