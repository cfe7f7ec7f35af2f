package io.earshot.detector.app;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process of {@code ./earshot detector} can take on, in the order of the data's path. */
enum Role {
  SEGMENT,
  INFERENCE,
  EVENT,
  ALERT,
  WEB;

  /** Stands for every role. */
  private static final String ALL = "all";

  /** The roles that turn sound into events. */
  static final Set<Role> STAGES = Set.of(SEGMENT, INFERENCE, EVENT);

  /** As users write it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Several, as users write them. */
  static String labels(Set<Role> roles) {
    return roles.stream().sorted().map(Role::label).collect(Collectors.joining(", "));
  }

  /** What is wrong with a list of names, as the end of a sentence; null if each is a role's. */
  static String problem(Collection<String> names) {
    if (names == null || names.isEmpty()) {
      return "must be " + allowed();
    }
    return names.stream()
        .map(String::valueOf)
        .filter(name -> named(name).isEmpty())
        .findFirst()
        .map(name -> "must be %s, not \"%s\"".formatted(allowed(), name))
        .orElse(null);
  }

  /** The roles of these names, of which each is one. */
  static Set<Role> of(Collection<String> names) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    names.forEach(name -> roles.addAll(named(name)));
    return roles;
  }

  private static List<Role> named(String name) {
    return Stream.of(values())
        .filter(role -> role.label().equalsIgnoreCase(name) || ALL.equalsIgnoreCase(name))
        .toList();
  }

  private static String allowed() {
    return ALL + ", or any of " + labels(EnumSet.allOf(Role.class));
  }
}
