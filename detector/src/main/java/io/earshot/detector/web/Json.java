package io.earshot.detector.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** Answers in JSON. */
final class Json {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/json";

  private Json() {}

  static void answer(Context context, Object value) {
    try {
      answer(context, JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON", e);
    }
  }

  static void answer(Context context, byte[] json) {
    context.contentType(TYPE).result(json);
  }

  /** {@code {"error": "..."}}. */
  static void error(Context context, int status, String message) {
    // It may have been said before that the answer lasts.
    context.status(status).header("Cache-Control", "no-store");
    if (status == HttpStatus.UNAUTHORIZED_401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503
        || status == HttpStatus.TOO_MANY_REQUESTS_429) {
      context.header("Retry-After", "1");
    }
    answer(context, Map.of("error", message));
  }

  /** What a status means, in lower case. */
  static String reason(int status) {
    return HttpStatus.getMessage(status).toLowerCase(Locale.ROOT);
  }
}
