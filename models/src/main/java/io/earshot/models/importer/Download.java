package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Fetches a file of known size over HTTP: follows redirects, uses the proxies of {@link
 * EnvironmentProxies}, takes not a byte more than the size, and gives up when nothing comes.
 */
final class Download {

  private final Duration patience;
  private final ProxySelector proxies;

  /**
   * A way to fetch files.
   *
   * @param patience how long the other side may be silent
   */
  Download(Duration patience, ProxySelector proxies) {
    this.patience = patience;
    this.proxies = proxies;
  }

  /**
   * Writes what is at the address to a file that exists; on failure the file is the caller's to
   * delete.
   *
   * @throws PackageException one line that names the address and what went wrong
   */
  void fetch(URI address, Path file, long size, InstallProgress progress) throws PackageException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .proxy(proxies)
            .build();
    AtomicLong received = new AtomicLong();
    try (OutputStream out = Files.newOutputStream(file)) {
      Consumer<Optional<byte[]>> sink =
          chunk -> {
            chunk.ifPresent(bytes -> write(bytes, out, received, size));
            progress.received(received.get(), size);
          };
      // A page that explains an error is not the file.
      HttpResponse.BodyHandler<Void> body =
          head ->
              head.statusCode() == 200
                  ? BodySubscribers.ofByteArrayConsumer(sink)
                  : BodySubscribers.replacing(null);
      HttpRequest request = HttpRequest.newBuilder(address).build();
      int status = await(client.sendAsync(request, body), received).statusCode();
      if (status != 200) {
        throw new IOException("HTTP status " + status);
      }
    } catch (IOException e) {
      throw new PackageException("Cannot download %s: %s".formatted(address, reason(e)), e);
    }
  }

  private static void write(byte[] bytes, OutputStream out, AtomicLong received, long size) {
    try {
      if (received.addAndGet(bytes.length) > size) {
        throw new IOException("more than the " + size + " bytes that it should have");
      }
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** HttpRequest's own time-out ends with the head of the answer; this one watches the body. */
  private <T> T await(CompletableFuture<T> answer, AtomicLong received) throws IOException {
    long before = -1;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (received.get() == before || received.get() == 0) {
          answer.cancel(true);
          throw new IOException("nothing came for " + patience.toSeconds() + " seconds", e);
        }
        before = received.get();
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (ExecutionException e) {
        throw new IOException(reason(e.getCause()), e);
      }
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getMessage() == null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof UnresolvedAddressException) {
      return "the host is not known here; is there a network?";
    }
    return cause instanceof UncheckedIOException unchecked
        ? unchecked.getCause().getMessage()
        : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
