package io.earshot.detector.alert;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Posts alerts to a web address. */
final class WebhookTarget implements Target {
  private final WebhookSettings settings;
  private final HttpClient client;

  WebhookTarget(WebhookSettings settings, ProxySelector proxies) {
    this.settings = settings;
    this.client =
        HttpClient.newBuilder()
            // An offer to upgrade, which version 2 begins with, upsets small servers.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .proxy(proxies)
            .build();
  }

  @Override
  public CompletableFuture<Outcome> send(Alert alert) {
    Instant now = Instant.now();
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(alert, now.getEpochSecond()), BodyHandlers.discarding());
    // Java's own time-out ends with the headers: a body may go on for ever.
    return answer
        .copy()
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, failure) -> {
              answer.cancel(true);
              return failure == null ? outcome(response, now) : outcome(failure);
            });
  }

  private HttpRequest request(Alert alert, long epochSeconds) {
    byte[] body = alert.json();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.url())
            .POST(BodyPublishers.ofByteArray(body))
            .header("Content-Type", "application/json")
            .header("User-Agent", "Earshot");
    settings.headers().forEach(request::setHeader);
    request.setHeader("Idempotency-Key", alert.key());
    if (!settings.secret().isEmpty()) {
      request.setHeader(Signature.HEADER, Signature.of(settings.secret(), epochSeconds, body));
    }
    return request.build();
  }

  private static Outcome outcome(HttpResponse<Void> response, Instant now) {
    String retryAfter = response.headers().firstValue("Retry-After").orElse("");
    return HttpOutcome.of(response.statusCode(), retryAfter, now);
  }

  private Outcome outcome(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return Outcome.failed("no answer within " + settings.timeout().toMillis() + " ms");
    }
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof UnresolvedAddressException) {
        return Outcome.failed("no such host");
      }
    }
    if (cause instanceof ConnectException) {
      return Outcome.failed("nobody answers");
    }
    if (cause instanceof SSLException) {
      return Outcome.failed("TLS: " + cause.getMessage());
    }
    // Messages of other kinds can quote what was sent.
    String kind =
        cause instanceof IOException ? "the connection broke" : cause.getClass().getName();
    return Outcome.failed(kind);
  }
}
