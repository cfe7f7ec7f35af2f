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
import java.util.Optional;
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

  @TempDir Path directory;

  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path packages;
  private Path temporary;
  private HttpServer server;
  private byte[] file;

  @BeforeEach
  void start() throws Exception {
    file = Files.readAllBytes(SharedData.file("models/yamnet/yamnet.tflite"));
    packages = directory.resolve("packages");
    temporary = Files.createDirectory(directory.resolve("temporary"));
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
            (received, total) -> {
              assertThat(received).isGreaterThanOrEqualTo(last.getAndSet(received));
              assertThat(total).isEqualTo(4_126_810);
            });
    assertThat(installed.resolve("model.yaml")).exists();
    assertThat(last).hasValue(4_126_810);
    assertThat(temporary).isEmptyDirectory();
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
    assertThat(install("/moved", InstallProgress.NONE)).isEqualTo(packages.resolve("yamnet"));
  }

  @Test
  void aMissingFileIsRefused() {
    assertRefused("/none", "HTTP status 404");
  }

  @Test
  void aTruncatedBodyIsRefused() {
    serve("/short", exchange -> send(exchange, file.length, 1_000_000));
    assertRefused("/short", "Cannot download");
    serve("/shortened", exchange -> send(exchange, 0, 1_000_000));
    assertRefused("/shortened", "has 1000000 bytes, not the 4126810 of yamnet");
  }

  @Test
  void aWrongFileIsRefused() {
    file[3_000_000]++;
    serve("/wrong", exchange -> send(exchange, file.length, file.length));
    assertRefused("/wrong", "has sha256");
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
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() {
    serve("/mute", exchange -> await());
    assertRefused("/mute", "nothing came for 1 seconds");
    serve(
        "/stalled",
        exchange -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file, 0, 10_000);
          exchange.getResponseBody().flush();
          await();
        });
    assertRefused("/stalled", "nothing came for 1 seconds");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    server.stop(0);
    assertRefused("/gone", "Cannot download http://");
  }

  private void assertRefused(String path, String message) {
    assertThatThrownBy(() -> install(path, InstallProgress.NONE))
        .isInstanceOf(PackageException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(address(path).toString())
        .hasMessageNotContaining("\n");
    assertThat(packages).doesNotExist();
    assertThat(temporary).isEmptyDirectory();
  }

  private Path install(String path, InstallProgress progress) throws PackageException {
    CatalogueEntry real = CatalogueEntry.find("yamnet").orElseThrow();
    CatalogueEntry local =
        new CatalogueEntry(
            real.name(),
            real.version(),
            address(path),
            real.sha256(),
            real.bytes(),
            real.licence(),
            real.frontEnd(),
            real.hopMillis(),
            real.threshold(),
            real.about());
    Download download = new Download(Duration.ofSeconds(1), ProxySelector.of(null));
    return new ModelInstaller(download, temporary)
        .install(local, Optional.empty(), packages, progress);
  }

  private URI address(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** Promises {@code announced} bytes (0: says nothing of it) and sends {@code sent}. */
  private void send(HttpExchange exchange, int announced, int sent) throws IOException {
    exchange.sendResponseHeaders(200, announced);
    exchange.getResponseBody().write(file, 0, sent);
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
