package io.earshot.detector.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.detector.app.EventDiff.Change;
import io.earshot.detector.app.EventDiff.Difference;
import io.earshot.detector.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Differences as lines, for people ({@code + gained}, {@code - lost}, {@code ~ changed}) or as
 * JSON.
 */
final class DiffText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Misses misses;

  /**
   * @param misses tell why some are lost
   */
  DiffText(Misses misses) {
    this.misses = misses;
  }

  String text(Difference difference) {
    Event shown = difference.shown();
    String line =
        String.format(
            Locale.ROOT,
            "%s %s  %s  %s  %.2f  %s",
            mark(difference.change()),
            shown.onset(),
            shown.stream(),
            shown.offset() == null ? "goes on" : seconds(shown.durationMs()),
            shown.confidence(),
            shown.label());
    return switch (difference.change()) {
      case CHANGED -> line + ": " + changes(difference.before(), difference.after());
      case LOST -> line + misses.reason(shown).map(why -> ": " + why).orElse("");
      case GAINED, SAME -> line;
    };
  }

  String json(Difference difference) {
    ObjectNode json = JSON.createObjectNode();
    json.put("change", difference.change().name().toLowerCase(Locale.ROOT));
    json.set("before", JSON.valueToTree(difference.before()));
    json.set("after", JSON.valueToTree(difference.after()));
    json.put(
        "reason",
        difference.after() == null ? misses.reason(difference.before()).orElse(null) : null);
    return json.toString();
  }

  private static String mark(Change change) {
    return switch (change) {
      case GAINED -> "+";
      case LOST -> "-";
      case CHANGED -> "~";
      case SAME -> "=";
    };
  }

  private static String changes(Event before, Event after) {
    List<String> changes = new ArrayList<>();
    addMove(changes, "onset", before.onset(), after.onset());
    if (before.offset() != null && after.offset() != null) {
      addMove(changes, "offset", before.offset(), after.offset());
    }
    if (before.confidence() != after.confidence()) {
      changes.add(String.format(Locale.ROOT, "confidence was %.2f", before.confidence()));
    }
    return String.join(", ", changes);
  }

  private static void addMove(List<String> changes, String what, String before, String after) {
    long moved = millis(after) - millis(before);
    if (moved != 0) {
      changes.add(what + " " + seconds(Math.abs(moved)) + (moved < 0 ? " earlier" : " later"));
    }
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }

  private static long millis(String rfc3339) {
    return Instant.parse(rfc3339).toEpochMilli();
  }
}
