package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads of YAMNet from a server on this machine that does not always behave. */
class DownloadTest {

  private static final int BROKEN_AT = 1_000_000;

  @TempDir Path directory;

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private Path packages;
  private HttpServer server;
  private byte[] file;

  @BeforeEach
  void start() throws Exception {
    file = Files.readAllBytes(SharedData.file("models/yamnet/yamnet.tflite"));
    packages = directory.resolve("packages");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aGoodFileIsInstalledAndItsProgressTold() throws Exception {
    serve("/good", exchange -> send(exchange, file.length, file.length));
    AtomicLong last = new AtomicLong();
    Path installed =
        install(
            "/good",
            (name, received, total) -> {
              assertThat(name).isEqualTo("yamnet.tflite");
              assertThat(received).isGreaterThanOrEqualTo(last.getAndSet(received));
              assertThat(total).isEqualTo(4_126_810);
            });
    assertThat(installed.resolve("model.yaml")).exists();
    assertThat(last).hasValue(4_126_810);
    assertThat(packages).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aRedirectIsFollowed() throws Exception {
    serve("/good", exchange -> send(exchange, file.length, file.length));
    serve(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good");
          exchange.sendResponseHeaders(302, -1);
        });
    assertThat(install("/moved")).isEqualTo(packages.resolve("yamnet"));
  }

  @Test
  void aBrokenTransferIsTakenUpWhereItStopped() throws Exception {
    serve("/broken", exchange -> sendRanges(exchange, "\"v1\"", BROKEN_AT));
    install("/broken");
    assertThat(requests)
        .containsExactly(
            "all",
            "bytes=1000000- if \"v1\"",
            "bytes=2000000- if \"v1\"",
            "bytes=3000000- if \"v1\"",
            "bytes=4000000- if \"v1\"");
  }

  @Test
  void theNextInstallationGoesOnWhereThisOneStopped() throws Exception {
    serve("/stingy", exchange -> sendRanges(exchange, "\"v1\"", 300_000));
    assertFails("/stingy", "; the first 1500000 bytes are kept for the next try");
    assertThat(requests).hasSize(5);
    requests.clear();
    List<Long> told = new ArrayList<>();
    serve("/generous", exchange -> sendRanges(exchange, "\"v1\"", file.length));
    install("/generous", (name, received, total) -> told.add(received));
    assertThat(requests).containsExactly("bytes=1500000- if \"v1\"");
    assertThat(told).startsWith(1_500_000L).endsWith(4_126_810L);
    assertThat(packages).isDirectoryNotContaining("glob:**/.*");
  }

  @Test
  void aFileThatChangedMeanwhileIsFetchedWhole() throws Exception {
    serve("/old", exchange -> sendRanges(exchange, "\"v1\"", 100));
    assertFails("/old", "the first 500 bytes are kept");
    requests.clear();
    serve("/new", exchange -> sendRanges(exchange, "\"v2\"", file.length));
    install("/new");
    assertThat(requests).containsExactly("bytes=500- if \"v1\"");
  }

  @Test
  void aServerWithoutRangesIsAskedForAllAgain() throws Exception {
    AtomicLong attempts = new AtomicLong();
    serve(
        "/plain",
        exchange ->
            send(exchange, file.length, attempts.incrementAndGet() < 3 ? BROKEN_AT : file.length));
    install("/plain");
    assertThat(requests).containsExactly("all", "bytes=1000000-", "bytes=1000000-");
  }

  @Test
  void aPartThatCannotBeCompletedIsForgotten() throws Exception {
    serve("/short", exchange -> sendRanges(exchange, null, 100));
    assertFails("/short", "the first 500 bytes are kept");
    requests.clear();
    serve(
        "/unsatisfiable",
        exchange -> {
          if (requests.size() == 1) {
            exchange.sendResponseHeaders(416, -1);
          } else {
            send(exchange, file.length, file.length);
          }
        });
    install("/unsatisfiable");
    assertThat(requests).containsExactly("bytes=500-", "all");
  }

  @Test
  void anotherPartThanTheOneAskedForIsNotAppended() throws Exception {
    serve("/short", exchange -> sendRanges(exchange, null, 100));
    assertFails("/short", "the first 500 bytes are kept");
    requests.clear();
    serve(
        "/confused",
        exchange -> {
          if (requests.size() == 1) {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-99/" + file.length);
            exchange.sendResponseHeaders(206, 100);
            exchange.getResponseBody().write(file, 0, 100);
          } else {
            send(exchange, file.length, file.length);
          }
        });
    install("/confused");
    assertThat(requests).containsExactly("bytes=500-", "all");
  }

  @Test
  void allOfItFromAProcessThatWasKilledNeedsNoServer() throws Exception {
    Path part = packages.resolve(".yamnet.install/" + weights().sha256() + ".part");
    Files.createDirectories(part.getParent());
    Files.write(part, file);
    install("/none");
    assertThat(requests).isEmpty();
  }

  @Test
  void aMissingFileIsRefused() {
    assertRefused("/none", "HTTP status 404");
  }

  @Test
  void aBodyThatEndsEarlyWithoutAnErrorIsRefused() {
    serve("/shortened", exchange -> send(exchange, 0, 1_000_000));
    assertRefused("/shortened", "is not the yamnet.tflite that Earshot knows: 1000000 bytes");
  }

  @Test
  void aWrongFileIsRefusedAndNotKept() {
    file[3_000_000]++;
    serve("/wrong", exchange -> send(exchange, file.length, file.length));
    assertRefused("/wrong", "with sha256");
  }

  @Test
  void aFileThatNeverEndsIsRefused() {
    serve(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            while (over.getCount() > 0) {
              out.write(file);
            }
          }
        });
    assertRefused("/endless", "more than the 4126810 bytes");
    serve("/huge", exchange -> send(exchange, file.length + 1, file.length));
    assertRefused("/huge", "more than the 4126810 bytes");
    assertThat(requests).hasSize(2);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAtOnce() {
    serve("/mute", exchange -> await());
    assertRefused("/mute", "nothing came for 1 seconds");
    assertThat(requests).hasSize(1);
  }

  @Test
  void aServerThatFallsSilentIsAskedAgain() throws Exception {
    serve(
        "/stalled",
        exchange -> {
          if (requests.size() == 1) {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file, 0, 10_000);
            exchange.getResponseBody().flush();
            await();
          } else {
            sendRanges(exchange, "\"v1\"", file.length);
          }
        });
    install("/stalled");
    assertThat(requests).containsExactly("all", "bytes=10000-");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.stop(0);
    assertRefused("/gone", "nobody answers there");
  }

  private void assertRefused(String path, String message) {
    assertFails(path, message);
    assertThat(packages).isEmptyDirectory();
  }

  private void assertFails(String path, String message) {
    assertThatThrownBy(() -> install(path))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(address(path).toString())
        .hasMessageNotContaining("\n");
  }

  private Path install(String path) throws PackageException {
    return install(path, InstallProgress.NONE);
  }

  private Path install(String path, InstallProgress progress) throws PackageException {
    RemoteFile real = weights();
    RemoteFile local = new RemoteFile(real.name(), address(path), real.sha256(), real.mostBytes());
    Download download =
        new Download(Duration.ofSeconds(1), Duration.ofMillis(10), ProxySelector.of(null));
    return new ModelInstaller(download)
        .install(new Yamnet(local), Optional.empty(), packages, progress);
  }

  private static RemoteFile weights() {
    return Yamnet.PUBLISHED.weights();
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String version = exchange.getRequestHeaders().getFirst("If-Range");
            requests.add(
                (range == null ? "all" : range) + (version == null ? "" : " if " + version));
            handler.handle(exchange);
          }
        });
  }

  /** Promises {@code announced} bytes (0: says nothing of it) and sends {@code sent}. */
  private void send(HttpExchange exchange, int announced, int sent) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(file, 0, sent);
  }

  /** Sends what was asked for as RFC 9110 has it, and breaks off after {@code most} bytes. */
  private void sendRanges(HttpExchange exchange, String version, int most) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String condition = exchange.getRequestHeaders().getFirst("If-Range");
    if (version != null) {
      exchange.getResponseHeaders().add("ETag", version);
    }
    boolean part = range != null && (condition == null || condition.equals(version));
    int from = part ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
    if (part) {
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, file.length - 1, file.length));
    }
    exchange.sendResponseHeaders(part ? 206 : 200, file.length - from);
    exchange.getResponseBody().write(file, from, Math.min(most, file.length - from));
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
