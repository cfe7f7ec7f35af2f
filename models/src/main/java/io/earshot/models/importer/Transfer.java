package io.earshot.models.importer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request for a file, or for the rest of it where a part is there (RFC 9110, range requests).
 */
final class Transfer {

  private static final int OK = 200;
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final RemoteFile file;
  private final PartialFile part;
  private final InstallProgress progress;
  private final long offset;
  // Written on the client's thread, one call after another.
  private volatile OutputStream out;
  private volatile long received;
  private volatile long total;
  private volatile boolean promising;
  private volatile boolean hopeless;

  Transfer(RemoteFile file, PartialFile part, InstallProgress progress) throws IOException {
    this.file = file;
    this.part = part;
    this.progress = progress;
    this.offset = part.size();
  }

  /** Whether the server had something to give, and so may have the rest. */
  boolean isPromising() {
    return promising;
  }

  /** Whether asking again would only give the same answer. */
  boolean isHopeless() {
    return hopeless;
  }

  /**
   * Appends to the part until the file is whole.
   *
   * @param patience how long the other side may be silent
   */
  void run(HttpClient client, Duration patience) throws IOException {
    try {
      int status = await(client.sendAsync(request(), this::begin), patience).statusCode();
      if (status == RANGE_NOT_SATISFIABLE && offset > 0) {
        discard();
        throw new IOException("the server does not have the part that is missing");
      }
      if (status != OK && status != PARTIAL_CONTENT) {
        hopeless = status < 500;
        throw new IOException("HTTP status " + status);
      }
    } finally {
      if (out != null) {
        out.close();
      }
    }
  }

  private HttpRequest request() throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
    if (offset > 0) {
      request.header("Range", "bytes=" + offset + "-");
      part.version().ifPresent(version -> request.header("If-Range", version));
    }
    return request.build();
  }

  private BodySubscriber<Void> begin(HttpResponse.ResponseInfo head) {
    try {
      if (head.statusCode() == OK) {
        begin(part.restart(version(head.headers())), 0, head.headers());
      } else if (head.statusCode() == PARTIAL_CONTENT) {
        requireTheRest(head.headers());
        begin(part.append(), offset, head.headers());
      } else {
        // A page that explains an error is not the file.
        return BodySubscribers.replacing(null);
      }
      return BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(this::take));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void begin(OutputStream to, long from, HttpHeaders head) throws IOException {
    out = to;
    promising = true;
    received = from;
    long announced = head.firstValueAsLong("Content-Length").orElse(-1);
    total = announced < 0 ? file.mostBytes() : from + announced;
    requireBound(total);
    progress.received(file.name(), received, total);
  }

  private void requireTheRest(HttpHeaders head) throws IOException {
    String range = head.firstValue("Content-Range").orElse("");
    if (!range.startsWith("bytes " + offset + "-")) {
      discard();
      throw new IOException("the server sent another part than the one that is missing");
    }
  }

  /** What is there cannot be completed; the next request begins anew. */
  private void discard() throws IOException {
    part.discard();
    promising = true;
  }

  private void take(byte[] bytes) {
    try {
      long more = received + bytes.length;
      requireBound(more);
      out.write(bytes);
      received = more;
    } catch (IOException e) {
      hopeless = true; // The disk is full, or the file too long.
      throw new UncheckedIOException(e);
    }
    progress.received(file.name(), received, total);
  }

  private void requireBound(long bytes) throws IOException {
    if (bytes > file.mostBytes()) {
      hopeless = true;
      part.discard();
      throw new IOException("more than the " + file.mostBytes() + " bytes that it may have");
    }
  }

  /** Strong ETags alone may be sent back in If-Range; a date serves as well. */
  private static Optional<String> version(HttpHeaders head) {
    return head.firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> head.firstValue("Last-Modified"));
  }

  /** HttpRequest's own time-out ends with the head of the answer; this one watches the body. */
  private <T> T await(CompletableFuture<T> answer, Duration patience) throws IOException {
    long before = received;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (received == before) {
          answer.cancel(true);
          throw new IOException("nothing came for " + patience.toSeconds() + " seconds", e);
        }
        before = received;
      } catch (InterruptedException e) {
        answer.cancel(true);
        hopeless = true;
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
    if (e instanceof ConnectException && cause instanceof ClosedChannelException) {
      return "nobody answers there"; // How the client tells a refused connection.
    }
    return cause instanceof UncheckedIOException unchecked
        ? unchecked.getCause().getMessage()
        : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
