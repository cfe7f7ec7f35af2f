package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.models.evaluate.sed.Counts;
import io.earshot.models.evaluate.sed.Metrics;
import java.util.function.ToDoubleFunction;

/** Metrics as sed_eval names and orders them; what is not defined is null. */
final class MetricsJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MetricsJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Over many lines. */
  static String text(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot fail to be JSON", e);
    }
  }

  static ObjectNode of(Metrics metrics) {
    ObjectNode json = object();
    ObjectNode overall = json.putObject("overall");
    count(overall, metrics.overall());
    rates(overall, rate -> rate.applyAsDouble(metrics.overall()), true);
    rates(json.putObject("class_wise_average"), metrics::average, false);
    ObjectNode classWise = json.putObject("class_wise");
    metrics
        .classWise()
        .forEach(
            (label, counts) -> {
              ObjectNode ofLabel = classWise.putObject(label);
              count(ofLabel, counts);
              rates(ofLabel, rate -> rate.applyAsDouble(counts), false);
            });
    return json;
  }

  /** A number, or null where it is none. */
  static void put(ObjectNode json, String key, double number) {
    json.put(key, Double.isNaN(number) ? null : (Double) number);
  }

  private static void count(ObjectNode json, Counts counts) {
    json.putObject("count").put("Nref", counts.reference()).put("Nsys", counts.estimated());
  }

  /**
   * @param substitutions which a label by itself has none of
   */
  private static void rates(
      ObjectNode json, ToDoubleFunction<ToDoubleFunction<Counts>> value, boolean substitutions) {
    ObjectNode f = json.putObject("f_measure");
    put(f, "f_measure", value.applyAsDouble(Counts::fMeasure));
    put(f, "precision", value.applyAsDouble(Counts::precision));
    put(f, "recall", value.applyAsDouble(Counts::recall));
    ObjectNode errors = json.putObject("error_rate");
    put(errors, "error_rate", value.applyAsDouble(Counts::errorRate));
    if (substitutions) {
      put(errors, "substitution_rate", value.applyAsDouble(Counts::substitutionRate));
    }
    put(errors, "deletion_rate", value.applyAsDouble(Counts::deletionRate));
    put(errors, "insertion_rate", value.applyAsDouble(Counts::insertionRate));
  }
}
