package io.earshot.detector.app;

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
  @Mixin private ConfigOptions options;
  @Mixin private KafkaOptions kafkaOptions;
  @Mixin private FormatOption format;

  @Option(names = "--from-beginning", description = "Begins with the oldest event that is kept.")
  private boolean fromBeginning;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> kafka = kafkaOptions.connect(options.read(Map.of()));
    EventSink sink = new StreamPrinter(System.out, format.value);
    try (Interrupt interrupt = Interrupt.open();
        EventReader reader = EventReader.open(kafka, fromBeginning)) {
      while (!interrupt.await(0) && !sink.isClosed()) {
        reader.poll(Duration.ofMillis(100)).forEach(sink::event);
      }
    }
    return 0;
  }
}
