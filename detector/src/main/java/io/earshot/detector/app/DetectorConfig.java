package io.earshot.detector.app;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Set;

/** {@code detector} in the configuration. */
@JsonNaming(SnakeCaseStrategy.class)
record DetectorConfig(List<String> roles) {
  DetectorConfig {
    String problem = Role.problem(roles);
    if (problem != null) {
      throw new Check.BadValue("roles", problem);
    }
    roles = List.copyOf(roles);
  }

  /** What {@code roles} names. */
  Set<Role> chosen() {
    return Role.of(roles);
  }
}
