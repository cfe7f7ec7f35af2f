package io.earshot.detector.app;

import io.earshot.detector.bench.BenchResult;
import io.earshot.models.importer.RandomVggish;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.models.pack.PackageWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot bench}: the whole pipeline beside a bare loop of the network, in one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the whole pipeline on this machine, broker included: patches a second beside those of"
          + " the network alone, latency, how many streams it keeps up with, CPU and bytes of each stage.",
      "The model vggish-random has VGGish's size and random weights; it is made on first use."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ModelOptions options;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "20",
      description = "Streams for throughput and latency; 20 by default.")
  private int streams;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "Length of each measurement; 30 by default.")
  private int seconds;

  @Option(names = "--batch", paramLabel = "N", description = "Patches scored together.")
  private String batch;

  @Option(names = "--threads", paramLabel = "N", description = "CPU threads of the network.")
  private String threads;

  @Option(
      names = "--delivery",
      paramLabel = "exactly_once|at_least_once",
      description = "What a crash may do to events.")
  private String delivery;

  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    if (streams < 1 || streams > 10_000) {
      throw UserException.wrongUse("--streams must be from 1 to 10000, not " + streams);
    }
    if (seconds < 2 || seconds > 3600) {
      throw UserException.wrongUse("--seconds must be from 2 to 3600, not " + seconds);
    }
    Config config = config();
    makeRandomVggish(config);
    ModelPackage model = ModelOptions.model(config);
    BenchResult result;
    try (Interrupt interrupt = Interrupt.open()) {
      result = new Bench(config, model, streams, seconds).run(interrupt);
    } catch (BenchPipeline.Interrupted e) {
      return Interrupt.STATUS;
    }
    spec.commandLine().getOut().println(json ? BenchText.json(result) : BenchText.of(result));
    return 0;
  }

  private Config config() throws UserException {
    Map<String, String> flags = new HashMap<>();
    flags.put("inference.max_batch", batch);
    flags.put("inference.threads", threads);
    flags.put("kafka.delivery", delivery);
    return options.config(flags);
  }

  private void makeRandomVggish(Config config) throws UserException {
    Path packages = Home.resolve(config.model().directory());
    boolean wanted = config.model().name().equals(RandomVggish.NAME);
    if (wanted && !Files.exists(packages.resolve(RandomVggish.NAME))) {
      spec.commandLine().getErr().println("Making " + RandomVggish.NAME + " in " + packages);
      try {
        PackageWriter.deleteLeftovers(packages.resolve(RandomVggish.NAME));
        RandomVggish.write(packages);
      } catch (PackageException e) {
        throw UserException.failed(e.getMessage(), e);
      }
    }
  }
}
