package io.earshot.detector.app;

import io.earshot.detector.app.EventDiff.Change;
import io.earshot.detector.app.EventDiff.Difference;
import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Event;
import io.earshot.models.pack.ModelPackage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot replay}: what other decisions, or another model, would have made of the past. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides anew what was heard, and tells which events that would gain, lose and change.",
      "Retained scores are decided anew; with another model or hop, retained sound is heard anew.",
      "No topic is written to."
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private ModelOptions options;
  @Mixin private KafkaOptions kafkaOptions;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "As 2026-11-27T10:00:00Z, or how long ago, as 90m.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise; now by default.")
  private String to;

  @Option(
      names = "--stream",
      paramLabel = "ID",
      description = "Only this stream; may be given several times.")
  private Set<String> streams = Set.of();

  @Option(
      names = "--sound",
      description = "Hears the sound anew, even where this model's scores are kept.")
  private boolean sound;

  @Option(
      names = "--format",
      paramLabel = "text|jsonl",
      defaultValue = "text",
      description = "text by default. jsonl has every event before and after, the same ones too.")
  private Format format;

  enum Format {
    TEXT,
    JSONL
  }

  @Override
  public Integer call() throws Exception {
    ReplayRange range = ReplayRange.of(from, to, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    Config config = options.config(Map.of());
    ModelPackage model = ModelOptions.model(config);
    Predicate<String> wanted = stream -> streams.isEmpty() || streams.contains(stream);
    try (Interrupt interrupt = Interrupt.open()) {
      Replay replay = new Replay(config, model, sound, wanted, interrupt);
      Map<String, Object> kafka = kafkaOptions.connect(config);
      // Events that begin on the other side of the range's ends are paired, too.
      ReplayRange around = replay.around(range);
      List<Event> before = published(kafka, around, wanted, interrupt);
      Replayed after = replay.run(kafka, around);
      if (interrupt.requested()) {
        return Interrupt.STATUS;
      }
      print(range, before, after);
      return 0;
    }
  }

  /** An event's end may come long after the range. */
  private static List<Event> published(
      Map<String, Object> kafka, ReplayRange range, Predicate<String> wanted, Interrupt interrupt) {
    LastStates events = new LastStates(range);
    JsonRecords<Event> json = new JsonRecords<>(Event.class);
    TopicStretch.read(
        kafka,
        Topics.EVENTS,
        ReplayRange.onwards(range.from()),
        interrupt::requested,
        record -> json.read(record).filter(e -> wanted.test(e.stream())).ifPresent(events::add));
    return events.all();
  }

  private void print(ReplayRange range, List<Event> before, Replayed after) {
    Map<Boolean, List<Event>> heard =
        before.stream().collect(Collectors.partitioningBy(e -> after.heard(e.stream(), e.onset())));
    long unheard = heard.get(false).stream().filter(e -> range.holds(e.onset())).count();
    if (unheard > 0) {
      System.err.printf(
          "%d published events are not compared: what they were heard in is not kept%n", unheard);
    }
    print(
        EventDiff.of(heard.get(true), after.events().all()).stream()
            .filter(difference -> difference.isIn(range))
            .toList(),
        new DiffText(after.misses()));
  }

  private void print(List<Difference> differences, DiffText text) {
    Map<Change, Integer> counts = new EnumMap<>(Change.class);
    for (Difference difference : differences) {
      counts.merge(difference.change(), 1, Integer::sum);
      if (format == Format.JSONL) {
        System.out.println(text.json(difference));
      } else if (difference.change() != Change.SAME) {
        System.out.println(text.text(difference));
      }
    }
    if (format == Format.TEXT) {
      System.out.printf(
          "gained %d, lost %d, changed %d, the same %d%n",
          counts.getOrDefault(Change.GAINED, 0),
          counts.getOrDefault(Change.LOST, 0),
          counts.getOrDefault(Change.CHANGED, 0),
          counts.getOrDefault(Change.SAME, 0));
    }
  }
}
