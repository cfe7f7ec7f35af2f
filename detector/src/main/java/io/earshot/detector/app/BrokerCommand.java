package io.earshot.detector.app;

import io.earshot.detector.broker.BrokerException;
import io.earshot.detector.broker.EmbeddedBroker;
import io.earshot.producer.metrics.Health;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot broker}: a Kafka broker for those who have none. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description =
        "Runs a Kafka broker, until Ctrl-C; on the loopback address unless told otherwise.")
final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--port", paramLabel = "N", description = "Port; 9092 by default.")
  private String port;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where the broker keeps its records.")
  private Path directory;

  @Override
  public Integer call() throws Exception {
    Map<String, String> flags = new HashMap<>();
    flags.put("broker.port", port);
    Config config = options.read(flags);
    Path folder =
        directory == null ? Home.resolve(config.broker().directory()) : directory.toAbsolutePath();
    AtomicReference<String> state = new AtomicReference<>("is starting");
    Health health = new Health().ready("broker", state::get);
    try (Interrupt interrupt = Interrupt.open();
        RoleMetrics metrics = RoleMetrics.start(config, "broker", health);
        EmbeddedBroker broker =
            EmbeddedBroker.start(folder, config.broker().listen(), config.broker().port())) {
      // Security settings are for the configured Kafka, not for this one.
      TopicSetup.run(config, Map.of("bootstrap.servers", broker.bootstrapServers()));
      spec.commandLine()
          .getErr()
          .println(
              "Kafka at %s, records in %s; Ctrl-C ends."
                  .formatted(broker.bootstrapServers(), folder));
      metrics.announce(spec.commandLine().getErr());
      state.set(null);
      while (!interrupt.await(100)) {
        if (broker.halted().isDone()) {
          throw UserException.failed(broker.halted().join().getMessage(), null);
        }
      }
    } catch (BrokerException e) {
      throw UserException.failed(e.getMessage(), e);
    }
    return 0;
  }
}
