package io.earshot.models.pack;

import static com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION;
import static com.fasterxml.jackson.databind.DeserializationFeature.ACCEPT_FLOAT_AS_INT;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;

/** {@code model.yaml} to {@link Manifest} and back; each fault is named by its key. */
final class ManifestFile {

  static final String NAME = "model.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(STRICT_DUPLICATE_DETECTION)
          .annotationIntrospector(new RequiredUnlessSaid())
          .enable(FAIL_ON_NULL_FOR_PRIMITIVES, FAIL_ON_TRAILING_TOKENS)
          .disable(ACCEPT_FLOAT_AS_INT)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private ManifestFile() {}

  static Manifest parse(String yaml) throws InvalidManifest {
    try {
      JsonNode tree = YAML.readTree(yaml);
      if (tree.isMissingNode() || tree.isNull()) {
        throw new InvalidManifest("is empty");
      }
      refuseNulls(tree, "");
      return YAML.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new InvalidManifest(fault(e));
    }
  }

  static String format(Manifest manifest) {
    try {
      return YAML.writeValueAsString(manifest);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest of plain values always has a YAML form", e);
    }
  }

  /** A key with nothing behind it is a slip, also where the key could have been left out. */
  private static void refuseNulls(JsonNode node, String path) throws InvalidManifest {
    if (node.isNull()) {
      throw new InvalidManifest(path + ": is missing");
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      refuseNulls(entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey());
    }
  }

  private static String fault(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return path(unknown) + ": unknown key";
    }
    if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
      // The records' own checks: their message starts with the key below this path.
      String path = path(refused);
      return (path.isEmpty() ? "" : path + ".") + refused.getCause().getMessage();
    }
    if (e instanceof MismatchedInputException mismatch) {
      String problem = mismatch.getOriginalMessage();
      return path(mismatch) + ": " + (problem.startsWith("Missing") ? "is missing" : problem);
    }
    String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ";
    return line + firstLine(e);
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .collect(joining("."));
  }

  /** Jackson has one switch for all keys of all records; ours are told apart one by one. */
  private static final class RequiredUnlessSaid extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      JsonProperty said = member.getAnnotation(JsonProperty.class);
      return said == null || said.required();
    }
  }

  /** What is wrong with the text, without the name of the package. */
  static final class InvalidManifest extends Exception {
    InvalidManifest(String message) {
      super(message);
    }
  }
}
