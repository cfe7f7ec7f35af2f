package io.earshot.detector.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earshot.models.pack.ModelPackage;

/** A package as a JSON object, its keys in the manner of the event contract. */
final class PackageJson {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private PackageJson() {}

  /** What the table tells; of a package with a fault its name, folder and fault. */
  static String summary(PackageState state) {
    ObjectNode json = JSON.createObjectNode();
    if (state.isSound()) {
      return summary(state.model()).toString();
    }
    json.put("name", state.name());
    json.put("directory", state.directory().toString());
    json.put("fault", state.fault());
    return json.toString();
  }

  /** What the table tells, and the whole manifest; {@code labels} are the labels themselves. */
  static String all(ModelPackage model) {
    ObjectNode json = summary(model);
    json.set("manifest", JSON.valueToTree(model.manifest()));
    json.set("labels", JSON.valueToTree(model.labels()));
    return json.toString();
  }

  private static ObjectNode summary(ModelPackage model) {
    ObjectNode json = JSON.createObjectNode();
    json.put("name", model.name());
    json.put("version", model.version());
    json.put("kind", PackageText.kind(model));
    json.put("classes", model.classes());
    model.embeddingSize().ifPresent(size -> json.put("embedding", size));
    json.put("hop_ms", model.hop().toMillis());
    json.put("licence", model.manifest().licence());
    json.put("bytes", PackageText.bytes(model));
    model.accuracy().ifPresent(accuracy -> json.set("accuracy", JSON.valueToTree(accuracy)));
    json.put("directory", model.directory().toString());
    return json;
  }
}
