package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** What lies in {@code docker/}, read as those read it for whom it is. */
final class DockerFiles {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path DOCKER = ROOT.resolve("docker");

  private static final Pattern DEFAULTED = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");
  private static final Pattern POM_MODULE = Pattern.compile("<module>(\\w+)</module>");

  private DockerFiles() {}

  /** One instruction of a Dockerfile. */
  record Instruction(String name, String arguments) {
    List<String> words() {
      return List.of(arguments.trim().split("\\s+"));
    }

    /** Of the exec form. */
    List<String> json() {
      try {
        String array = arguments.substring(arguments.indexOf('['));
        return List.of(new ObjectMapper().readValue(array, String[].class));
      } catch (IOException | IndexOutOfBoundsException e) {
        throw new AssertionError("no exec form: " + name + " " + arguments, e);
      }
    }
  }

  /** The Dockerfile, stage by stage; the first has what stands above the first {@code FROM}. */
  static List<List<Instruction>> stages() {
    List<List<Instruction>> stages = new ArrayList<>(List.of(new ArrayList<>()));
    String text = read(DOCKER.resolve("Dockerfile")).replaceAll("(?m)^\\s*#.*\n", "");
    for (String line : text.replace("\\\n", " ").split("\n")) {
      if (!line.isBlank()) {
        String[] parts = line.strip().split("\\s+", 2);
        if (parts[0].equals("FROM")) {
          stages.add(new ArrayList<>());
        }
        stages.get(stages.size() - 1).add(new Instruction(parts[0], parts[1]));
      }
    }
    return stages;
  }

  /** Those of one name, of all stages given. */
  static List<Instruction> all(String name, List<List<Instruction>> stages) {
    return stages.stream().flatMap(List::stream).filter(it -> it.name().equals(name)).toList();
  }

  /** The documents of a YAML file, anchors and merges resolved. */
  static List<Map<String, Object>> yaml(Path file) {
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(read(file))) {
      documents.add(map(document));
    }
    return documents;
  }

  static Map<String, Object> compose() {
    return yaml(DOCKER.resolve("compose.yaml")).get(0);
  }

  /** Compose's variables as they are where nothing is set; what must be set is {@code needed}. */
  static String defaults(String text, String needed) {
    return DEFAULTED
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement("?".equals(found.group(2)) ? needed : rest(found)));
  }

  private static String rest(java.util.regex.MatchResult found) {
    return found.group(3) == null ? "" : found.group(3);
  }

  /** The names of Compose's variables. */
  static Stream<String> variables(String text) {
    return DEFAULTED.matcher(text).results().map(found -> found.group(1));
  }

  static List<String> modules() {
    return POM_MODULE
        .matcher(read(ROOT.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** The value of a property in the root's POM. */
  static String property(String name) {
    Matcher found =
        Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)<")
            .matcher(read(ROOT.resolve("pom.xml")));
    assertThat(found.find()).as(name).isTrue();
    return found.group(1);
  }

  /** Grafana's dashboards by the name of their file. */
  static Map<String, JsonNode> dashboards() {
    Map<String, JsonNode> dashboards = new java.util.TreeMap<>();
    for (Path file : files(DOCKER.resolve("grafana/dashboards"))) {
      try {
        dashboards.put(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return dashboards;
  }

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A value below maps, by its path; null if there is none. */
  static Object at(Object value, String... path) {
    Object at = value;
    for (String key : path) {
      at = at == null ? null : map(at).get(key);
    }
    return at;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static <T> List<T> list(Object value) {
    return value == null ? List.of() : (List<T>) value;
  }
}
