package io.earshot.detector.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the configuration: the defaults, the user's file over them, flags over both.
 *
 * <p>An unknown key or a bad value stops the start with the key's full path and what is allowed.
 */
final class ConfigFile {
  private static final String DEFAULTS = "defaults.yaml";
  private static final String UNKNOWN = "unknown key ";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationText()))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private ConfigFile() {}

  /**
   * @param file the user's; null for the defaults alone
   * @param flags values by the path of their key, as {@code segments.hop}
   * @throws UserException one line that names file, key and what is allowed
   */
  static Config read(Path file, Map<String, String> flags) throws UserException {
    return read(file, List.of(), flags);
  }

  /**
   * Reads it with settings of the command line between file and flags.
   *
   * @throws UserException as above
   */
  static Config read(Path file, List<Setting> settings, Map<String, String> flags)
      throws UserException {
    String name = file == null ? "defaults" : file.toString();
    ObjectNode tree = defaults();
    if (file != null) {
      merge(tree, tree(file), name, "");
    }
    Set<String> given = new HashSet<>(flags.keySet());
    for (Setting setting : settings) {
      given.add(setting.put(tree, YAML));
    }
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      Setting.put(tree, flag.getKey(), TextNode.valueOf(flag.getValue()));
    }
    try {
      return YAML.treeToValue(tree, Config.class);
    } catch (JsonProcessingException e) {
      String problem = explain(e);
      boolean flag = given.stream().anyMatch(key -> isAbout(problem, key));
      throw UserException.wrongUse((flag ? "command line" : name) + ": " + problem, e);
    }
  }

  private static ObjectNode defaults() {
    try (InputStream in = ConfigFile.class.getResourceAsStream(DEFAULTS)) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException("the packaged defaults are unreadable", e);
    }
  }

  private static JsonNode tree(Path file) throws UserException {
    try {
      return YAML.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw UserException.wrongUse(file + ": no such configuration file", e);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw UserException.wrongUse(
          file + ": line " + line + " is not YAML: " + firstLine(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw UserException.wrongUse(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Puts {@code over}'s values in {@code base}; a key that {@code base} lacks is unknown. */
  private static void merge(ObjectNode base, JsonNode over, String name, String path)
      throws UserException {
    if (over.isMissingNode() || over.isNull()) {
      return;
    }
    if (!over.isObject()) {
      throw UserException.wrongUse(
          "%s: %s must hold keys: %s".formatted(name, path.isEmpty() ? "it" : path, keys(base)));
    }
    for (Map.Entry<String, JsonNode> entry : over.properties()) {
      String key = entry.getKey();
      String full = path.isEmpty() ? key : path + "." + key;
      JsonNode there = base.has(key) ? base.get(key) : MissingNode.getInstance();
      if (there.isMissingNode()) {
        throw UserException.wrongUse(
            "%s: unknown key %s; known here: %s".formatted(name, full, keys(base)));
      }
      if (there.isObject() && !there.isEmpty()) {
        merge((ObjectNode) there, entry.getValue(), name, full);
      } else {
        base.set(key, entry.getValue());
      }
    }
  }

  private static String keys(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.joining(", "));
  }

  private static boolean isAbout(String problem, String key) {
    // On the way to the key nothing may be unknown either.
    boolean unknown = problem.startsWith(UNKNOWN);
    return unknown
        ? key.startsWith(problem.substring(UNKNOWN.length()).split(";", 2)[0])
        : problem.startsWith(key) && problem.substring(key.length()).matches("(?s)[ .\\[].*");
  }

  private static String explain(JsonProcessingException e) {
    String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream()
              .map(Object::toString)
              .sorted()
              .collect(Collectors.joining(", "));
      return UNKNOWN + path + "; known here: " + known;
    }
    if (e instanceof ValueInstantiationException
        && e.getCause() instanceof Check.BadValue badValue) {
      String key = path.isEmpty() ? badValue.key : path + "." + badValue.key;
      return key + " " + badValue.getMessage();
    }
    if (e instanceof InvalidFormatException format) {
      return "%s must be %s, not \"%s\"".formatted(path, allowed(format), format.getValue());
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return path + " must be " + allowed(mismatch);
    }
    return path + ": " + firstLine(e.getOriginalMessage());
  }

  private static String allowed(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == Duration.class) {
      return DurationText.FORM;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(" or "));
    }
    if (type == String.class) {
      return "a text";
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "keys and values";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list, such as [a, b]";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    return type == int.class || type == Integer.class ? "a whole number" : "a number";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse(text);
  }
}
