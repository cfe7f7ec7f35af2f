package io.earshot.detector.app;

import io.earshot.detector.app.KillRound.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Rounds of {@link KillRound}, for {@code benchmarks/kill-rounds}: seeds 1 to N, exactly once and
 * at least once by turns, a line for each.
 */
final class KillRounds {
  private final List<KillRound.Recovery> recoveries = new ArrayList<>();
  private int failed;

  private KillRounds() {}

  /**
   * @param arguments first and last seed, then exactly_once, at_least_once or both
   */
  public static void main(String[] arguments) throws Exception {
    KillRounds rounds = new KillRounds();
    for (int seed = Integer.parseInt(arguments[0]);
        seed <= Integer.parseInt(arguments[1]);
        seed++) {
      Config.Delivery delivery =
          arguments[2].equals("both")
              ? Config.Delivery.values()[(seed + 1) % 2]
              : Config.Delivery.valueOf(arguments[2].toUpperCase(Locale.ROOT));
      rounds.run(seed, delivery);
    }
    rounds.summary();
    System.exit(rounds.failed == 0 ? 0 : 1);
  }

  private void run(long seed, Config.Delivery delivery) throws Exception {
    Path folder = Files.createTempDirectory("earshot-kill-");
    List<Fault> faults = faults(seed);
    String name = "%3d  %-13s".formatted(seed, delivery.name().toLowerCase(Locale.ROOT));
    try {
      long began = System.nanoTime();
      KillRound.Outcome outcome = new KillRound(delivery, seed).run(folder, faults);
      recoveries.addAll(outcome.recoveries());
      boolean good = isGood(outcome, delivery);
      failed += good ? 0 : 1;
      System.out.printf(
          Locale.ROOT,
          "%s  %s  faults %d  %s  recovered in %s  took %.0f s%n",
          name,
          good ? "ok    " : "FAILED",
          faults.size(),
          text(outcome),
          spread(outcome.recoveries()),
          (System.nanoTime() - began) / 1e9);
      if (!good) {
        System.out.println(outcome.tally());
        outcome.log().forEach(System.out::println);
      }
    } catch (AssertionError e) {
      failed++;
      System.out.printf("%s  FAILED  %s%n", name, e.getMessage());
    } finally {
      TemporaryFolder.delete(folder);
    }
  }

  static boolean isGood(KillRound.Outcome outcome, Config.Delivery delivery) {
    KnownEvents.Tally tally = outcome.tally();
    return outcome.deadLetters() == 0
        && (delivery == Config.Delivery.EXACTLY_ONCE
            ? tally.isExact()
            : tally.twice().isEmpty() && tally.strays().isEmpty());
  }

  static String text(KillRound.Outcome outcome) {
    KnownEvents.Tally tally = outcome.tally();
    return "expected %d  found %d  missing %d  twice %d  loose %d  other %d  stray %d  dead letters %d"
        .formatted(
            tally.expected(),
            tally.found(),
            tally.missing().size(),
            tally.twice().size(),
            tally.loose().size(),
            tally.others().size(),
            tally.strays().size(),
            outcome.deadLetters());
  }

  private static List<Fault> faults(long seed) {
    Fault broker = seed % 4 < 2 ? Fault.BROKER : Fault.BROKER_AND_DETECTOR;
    return List.of(Fault.DETECTOR, Fault.DETECTOR, Fault.SENDER, Fault.AWAY, broker);
  }

  private void summary() {
    System.out.println(failed + " rounds failed; seconds until every stream was heard again:");
    TreeMap<Fault, List<KillRound.Recovery>> byFault = new TreeMap<>();
    recoveries.forEach(r -> byFault.computeIfAbsent(r.fault(), f -> new ArrayList<>()).add(r));
    byFault.forEach(
        (fault, all) -> System.out.printf("  %-20s %s of %d%n", fault, spread(all), all.size()));
  }

  /** Least, median and most. */
  private static String spread(List<KillRound.Recovery> recoveries) {
    double[] seconds =
        recoveries.stream().mapToDouble(KillRound.Recovery::seconds).sorted().toArray();
    return seconds.length == 0
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f/%.1f/%.1f s",
            seconds[0],
            seconds[seconds.length / 2],
            seconds[seconds.length - 1]);
  }
}
