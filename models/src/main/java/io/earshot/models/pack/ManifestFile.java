package io.earshot.models.pack;

import static com.fasterxml.jackson.core.JsonParser.Feature.STRICT_DUPLICATE_DETECTION;
import static com.fasterxml.jackson.databind.DeserializationFeature.ACCEPT_FLOAT_AS_INT;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES;
import static com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** {@code model.yaml} to {@link Manifest} and back; each fault is named by its key. */
final class ManifestFile {

  static final String NAME = "model.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(STRICT_DUPLICATE_DETECTION)
          .enable(FAIL_ON_MISSING_CREATOR_PROPERTIES, FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(FAIL_ON_NULL_FOR_PRIMITIVES, FAIL_ON_TRAILING_TOKENS)
          .disable(ACCEPT_FLOAT_AS_INT)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private ManifestFile() {}

  static Manifest parse(String yaml) throws InvalidManifest {
    try {
      Manifest manifest = YAML.readValue(yaml, Manifest.class);
      if (manifest == null) {
        throw new InvalidManifest("is empty");
      }
      return manifest;
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
      boolean missing = problem.startsWith("Missing") || problem.startsWith("Null value");
      return path(mismatch) + ": " + (missing ? "is missing" : problem);
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

  /** What is wrong with the text, without the name of the package. */
  static final class InvalidManifest extends Exception {
    InvalidManifest(String message) {
      super(message);
    }
  }
}
