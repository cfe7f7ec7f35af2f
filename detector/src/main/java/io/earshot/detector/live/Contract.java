package io.earshot.detector.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;

/**
 * Whether a record's JSON says what it must: whoever is told it relies on every field. What was
 * read from it says which fields there are, and of which type.
 */
final class Contract {
  /** Of events that are open, or of rules that have no such value. */
  private static final Set<String> MAY_BE_NULL =
      Set.of(
          "offset",
          "offset_uncertainty_ms",
          "ended_by",
          "previous",
          "why",
          "max_duration_ms",
          "floor_dbfs",
          "peak_dbfs");

  /** Events of an older Earshot have none. */
  private static final Set<String> MAY_BE_MISSING = Set.of("onset_uncertainty_ms");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Contract() {}

  /**
   * The JSON of what was read, on one line and with every field.
   *
   * @param given what it was read from
   * @return null if that lacks a field, or has one of another type
   */
  static byte[] line(Object read, JsonNode given) {
    JsonNode whole = JSON.valueToTree(read);
    try {
      return agrees(given, whole) ? JSON.writeValueAsBytes(whole) : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that is no JSON", e);
    }
  }

  private static boolean agrees(JsonNode given, JsonNode whole) {
    if (given.getNodeType() != whole.getNodeType()) {
      return false;
    }
    if (whole.isArray()) {
      return elementsAgree(given, whole);
    }
    return whole.isNumber()
        ? Double.isFinite(whole.doubleValue())
        : whole.properties().stream().allMatch(field -> fieldAgrees(given, field));
  }

  private static boolean elementsAgree(JsonNode given, JsonNode whole) {
    for (int i = 0; i < whole.size(); i++) {
      if (whole.get(i).isNull() || !agrees(given.get(i), whole.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fieldAgrees(JsonNode given, Map.Entry<String, JsonNode> field) {
    JsonNode value = given.path(field.getKey());
    if (field.getValue().isNull()) {
      return MAY_BE_NULL.contains(field.getKey()) && (value.isNull() || value.isMissingNode());
    }
    return value.isMissingNode()
        ? MAY_BE_MISSING.contains(field.getKey())
        : agrees(value, field.getValue());
  }
}
