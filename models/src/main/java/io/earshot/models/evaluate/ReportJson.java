package io.earshot.models.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code report.json}: what was measured, for programs; null where undefined. */
final class ReportJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReportJson() {}

  static String text(ClipReport report) {
    ClipEvaluation evaluation = report.evaluation();
    ObjectNode root = JSON.createObjectNode();
    root.put("title", report.title());
    root.put("accuracy", defined(evaluation.accuracy()));
    Interval interval = evaluation.accuracyInterval();
    root.putArray("accuracy_interval").add(defined(interval.low())).add(defined(interval.high()));
    root.put("clips", evaluation.labelled().size());
    root.put("clips_of_no_class", evaluation.clips().size() - evaluation.labelled().size());
    putFolds(root.putArray("folds"), evaluation);
    root.put("macro_f1", defined(evaluation.macroF1()));
    root.put("mean_average_precision", defined(evaluation.meanAveragePrecision()));
    root.put("calibration_error", defined(evaluation.calibrationError()));
    ObjectNode classes = root.putObject("classes");
    evaluation.measures().forEach(m -> putClass(classes.putObject(m.label()), m));
    putConfusion(root.putObject("confusion"), evaluation.confusion());
    ArrayNode skipped = root.putArray("skipped");
    report.skipped().forEach((c, why) -> skipped.addObject().put("clip", c).put("reason", why));
    ObjectNode settings = root.putObject("settings");
    report.settings().forEach(settings::put);
    ArrayNode notes = root.putArray("notes");
    report.notes().forEach(notes::add);
    return pretty(root);
  }

  private static void putFolds(ArrayNode folds, ClipEvaluation evaluation) {
    for (FoldAccuracy fold : evaluation.folds()) {
      folds
          .addObject()
          .put("fold", fold.fold())
          .put("accuracy", defined(fold.accuracy()))
          .put("clips", fold.clips());
    }
  }

  private static void putClass(ObjectNode node, ClassMeasures measures) {
    node.put("precision", defined(measures.precision()));
    node.put("recall", defined(measures.recall()));
    node.put("f1", defined(measures.f1()));
    node.put("average_precision", defined(measures.averagePrecision()));
    node.put("threshold", measures.threshold());
    node.put("clips", measures.clips());
    node.put("false_alarms_per_hour", defined(measures.falseAlarmsPerHour()));
  }

  private static void putConfusion(ObjectNode node, ConfusionMatrix confusion) {
    ArrayNode labels = node.putArray("labels");
    confusion.labels().forEach(labels::add);
    ArrayNode matrix = node.putArray("matrix");
    confusion.rows().forEach(row -> row.forEach(matrix.addArray()::add));
  }

  private static Double defined(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static String pretty(ObjectNode root) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of numbers and text is always writable", e);
    }
  }
}
