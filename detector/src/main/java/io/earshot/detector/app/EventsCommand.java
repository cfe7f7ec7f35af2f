package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.event.Candidate;
import io.earshot.detector.event.Event;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot events}: prints what any detector publishes. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Prints events as they are published, until Ctrl-C.")
final class EventsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(100);

  @Mixin private ConfigOptions options;
  @Mixin private KafkaOptions kafkaOptions;
  @Mixin private FormatOption format;

  @Option(names = "--from-beginning", description = "Begins with the oldest event that is kept.")
  private boolean fromBeginning;

  @Option(
      names = "--candidates",
      description = "Prints what became no event, too, with the reason.")
  private boolean candidates;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> kafka = kafkaOptions.connect(options.read(Map.of()));
    StreamPrinter printer = new StreamPrinter(System.out, format.value);
    try (Interrupt interrupt = Interrupt.open();
        JsonReader<Event> events =
            JsonReader.open(kafka, Topics.EVENTS, Event.class, fromBeginning);
        JsonReader<Candidate> others = candidates ? openCandidates(kafka) : null) {
      while (!interrupt.await(0) && !printer.isClosed()) {
        events.poll(POLL).forEach(printer::event);
        if (others != null) {
          others.poll(POLL).forEach(printer::candidate);
        }
      }
    }
    return 0;
  }

  private JsonReader<Candidate> openCandidates(Map<String, Object> kafka) {
    return JsonReader.open(kafka, Topics.CANDIDATES, Candidate.class, fromBeginning);
  }
}
