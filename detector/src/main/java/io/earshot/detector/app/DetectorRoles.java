package io.earshot.detector.app;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** What this process of the detector is to do. */
final class DetectorRoles {
  @Option(
      names = "--role",
      split = ",",
      paramLabel = "ROLE",
      description =
          "What this process does of it: all (the default), or any of segment, inference, event, alert, web.")
  private List<String> names;

  @Option(names = "--no-web", description = "Without the web server.")
  private boolean noWeb;

  /**
   * The roles that are left when what is switched off is taken away.
   *
   * @throws UserException if there are none, or a name is no role
   */
  Set<Role> of(Config config) throws UserException {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(names == null ? config.detector().chosen() : named());
    if (noWeb || !config.web().enabled()) {
      roles.remove(Role.WEB);
    }
    if (roles.isEmpty()) {
      throw UserException.wrongUse(
          "nothing is left to do: the role is web, and there is to be no web server (--no-web, or web.enabled: false)");
    }
    if (roles.equals(Set.of(Role.ALERT)) && config.alerts().subscriptions().isEmpty()) {
      throw UserException.wrongUse("alerts.subscriptions is empty: there is nobody to be told");
    }
    return roles;
  }

  private Set<Role> named() throws UserException {
    String problem = Role.problem(names);
    if (problem != null) {
      throw UserException.wrongUse("--role " + problem);
    }
    return Role.of(names);
  }
}
