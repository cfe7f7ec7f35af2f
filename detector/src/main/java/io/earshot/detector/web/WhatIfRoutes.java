package io.earshot.detector.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /api/what-if}: the past decided anew. It takes a processor for seconds: one question
 * is worked on, and few wait.
 */
public final class WhatIfRoutes implements Routes {
  private static final int MOST_BYTES = 4_096;
  private static final int MOST_MINUTES = 24 * 60;
  private static final int WAITING = 2;
  private static final long WAIT_SECONDS = 25;
  private static final String TYPE = "application/json";
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("label", "onset", "offset", "stream", "minutes"));
  private static final ObjectMapper JSON = new ObjectMapper();

  private final WhatIf whatIf;
  private final Semaphore work = new Semaphore(1, true);
  private final Semaphore places = new Semaphore(1 + WAITING);

  public WhatIfRoutes(WhatIf whatIf) {
    this.whatIf = whatIf;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/what-if", this::answer);
  }

  private void answer(Context context) {
    new Parameters(context, Set.of());
    WhatIf.Question question = question(read(context));
    if (!places.tryAcquire()) {
      throw new Refusal(429, "others are asking this; try again in some seconds");
    }
    try {
      Json.answer(context, ask(question));
    } finally {
      places.release();
    }
  }

  private WhatIf.Answer ask(WhatIf.Question question) {
    take(work);
    try {
      return whatIf.ask(question);
    } catch (WhatIf.NoAnswer e) {
      throw new Refusal(e.status(), e.getMessage());
    } finally {
      work.release();
    }
  }

  private static void take(Semaphore work) {
    try {
      if (work.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Refusal(503, "others have been asking this for long; try again in some seconds");
  }

  /** A form of another site's page has another type, whatever its origin. */
  private static JsonNode read(Context context) {
    String type = context.contentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)) {
      throw new Refusal(415, "the header Content-Type must be " + TYPE);
    }
    try (InputStream body = context.bodyInputStream()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      JsonNode json = bytes.length > MOST_BYTES ? null : JSON.readTree(bytes);
      if (json == null || !json.isObject()) {
        throw notJson();
      }
      return json;
    } catch (JsonProcessingException e) {
      throw notJson();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Refusal notJson() {
    return new Refusal(
        400, "the body must be an object in JSON, such as {\"label\":\"dog_bark\",\"onset\":0.4}");
  }

  private static WhatIf.Question question(JsonNode json) {
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw new Refusal(
                    400, "the body has a key that is unknown; allowed: " + String.join(", ", KEYS));
              }
            });
    Double onset = share(json, "onset");
    Double offset = share(json, "offset");
    if (onset == null) {
      throw Parameters.refusal("onset", "given: a number above 0 and up to 1");
    }
    if (offset != null && offset > onset) {
      throw Parameters.refusal("offset", "at most the onset");
    }
    String label = text(json, "label");
    if (label == null) {
      throw Parameters.refusal("label", "given: one of those that /api/rules has");
    }
    return new WhatIf.Question(label, onset, offset, text(json, "stream"), minutes(json));
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Parameters.refusal(key, "a text");
    }
    return value.asText();
  }

  private static Double share(JsonNode json, String key) {
    JsonNode value = json.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    double share = value.asDouble(0);
    if (!value.isNumber() || !(share > 0 && share <= 1)) {
      throw Parameters.refusal(key, "a number above 0 and up to 1");
    }
    return share;
  }

  private static Duration minutes(JsonNode json) {
    JsonNode value = json.path("minutes");
    if (value.isMissingNode() || value.isNull()) {
      return Duration.ofHours(1);
    }
    if (!value.isInt() || value.asInt() < 1 || value.asInt() > MOST_MINUTES) {
      throw Parameters.refusal("minutes", "a whole number from 1 to " + MOST_MINUTES);
    }
    return Duration.ofMinutes(value.asInt());
  }
}
