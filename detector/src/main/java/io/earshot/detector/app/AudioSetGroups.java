package io.earshot.detector.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parents of the AudioSet ontology as groups of labels; {@code audioset.yaml} has them. */
final class AudioSetGroups {
  private static final Map<String, List<String>> CHILDREN = read();

  private AudioSetGroups() {}

  static Set<String> names() {
    return CHILDREN.keySet();
  }

  /** A parent and all that is below it; empty if there is no such parent. */
  static Set<String> members(String parent) {
    Set<String> members = new LinkedHashSet<>();
    if (CHILDREN.containsKey(parent)) {
      add(parent, members);
    }
    return members;
  }

  private static void add(String name, Set<String> members) {
    if (members.add(name)) {
      CHILDREN.getOrDefault(name, List.of()).forEach(child -> add(child, members));
    }
  }

  private static Map<String, List<String>> read() {
    try (InputStream in = AudioSetGroups.class.getResourceAsStream("audioset.yaml")) {
      return new YAMLMapper().readValue(in, new TypeReference<Map<String, List<String>>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged groups are unreadable", e);
    }
  }
}
