package io.earshot.producer.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What may be wrong with a process, component by component.
 *
 * <pre>{@code
 * Health health = new Health()
 *     .live("inference", () -> worker.hasFailed() ? "the network fails" : null)
 *     .ready("kafka", () -> watch.answers() ? null : "does not answer");
 * }</pre>
 *
 * <p>A process lives while no component has failed for good: if it does not, start it anew. It is
 * ready when each can work: if it is not, wait. Checks are called by the server's threads, and
 * return at once.
 */
public final class Health {
  /**
   * One component.
   *
   * @param problem gives what is wrong, in a line; null if nothing is
   */
  private record Check(String component, Supplier<String> problem) {}

  /**
   * How things are.
   *
   * @param fine whether nothing is wrong
   * @param text a line for all, and one for each component
   */
  record Report(boolean fine, String text) {}

  private final List<Check> live = new ArrayList<>();
  private final List<Check> ready = new ArrayList<>();

  /** Adds what must not fail; a process that does not live is not ready either. */
  public Health live(String component, Supplier<String> problem) {
    live.add(new Check(component, problem));
    return this;
  }

  /** Adds what may take its time, at the start and when Kafka is away. */
  public Health ready(String component, Supplier<String> problem) {
    ready.add(new Check(component, problem));
    return this;
  }

  Report liveness() {
    return report(live, "live");
  }

  Report readiness() {
    List<Check> all = new ArrayList<>(live);
    all.addAll(ready);
    return report(all, "ready");
  }

  /** A component that is checked twice has a line of its own, too: that of the first problem. */
  private static Report report(List<Check> checks, String state) {
    Map<String, Optional<String>> problems = new LinkedHashMap<>();
    for (Check check : checks) {
      Optional<String> problem = Optional.ofNullable(problem(check));
      problems.merge(check.component, problem, (first, next) -> first.or(() -> next));
    }
    boolean fine = problems.values().stream().allMatch(Optional::isEmpty);
    StringBuilder lines = new StringBuilder(fine ? state : "not " + state).append('\n');
    problems.forEach(
        (component, problem) ->
            lines.append(component).append(": ").append(problem.orElse("ok")).append('\n'));
    return new Report(fine, lines.toString());
  }

  /** A check that fails is no reason to answer nothing. */
  private static String problem(Check check) {
    try {
      String problem = check.problem.get();
      return problem == null ? null : problem.replaceAll("\\s+", " ").strip();
    } catch (RuntimeException e) {
      return "cannot be told: " + e.getClass().getSimpleName();
    }
  }
}
