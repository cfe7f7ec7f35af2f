package io.earshot.detector.app;

import io.earshot.detector.bench.BenchResult;
import io.earshot.models.onnx.Network;
import io.earshot.models.pack.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a benchmark ran on and with. */
final class BenchSetup {
  private static final Path CPU = Path.of("/proc/cpuinfo");

  private BenchSetup() {}

  static BenchResult.Setup of(Config config, ModelPackage model, Network network) {
    return new BenchResult.Setup(
        model.name() + " " + model.version(),
        network.provider(),
        config.kafka().delivery().name().toLowerCase(Locale.ROOT),
        config.segments().hop().toMillis(),
        config.inference().maxBatch(),
        config.inference().threads(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version"),
        cpu());
  }

  /** The network's file, which is about what it holds of memory. */
  static long bytes(ModelPackage model) {
    try {
      return Files.size(model.network());
    } catch (IOException e) {
      return 0;
    }
  }

  private static String cpu() {
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
