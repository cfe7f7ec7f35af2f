package io.earshot.benchmarks;

import io.earshot.models.feature.LogMel;
import io.earshot.models.importer.RandomVggish;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One batch through a network, on all cores. Needs {@code ./earshot models install yamnet}; {@code
 * vggish-random} is a network of VGGish's layers with random weights, which cost what the real ones
 * do. Run from the repository's root.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class NetworkBenchmark {
  private static final Path PACKAGES = Path.of("models", "packages");

  @Param({"base", "yamnet", "vggish-random"})
  private String model;

  @Param({"1", "64"})
  private int batch;

  private Path made;
  private Network network;
  private boolean scores;
  private FloatBuffer patches;
  private FloatBuffer results;

  @Setup
  public void open() throws PackageException, IOException {
    boolean vggish = model.equals("vggish-random");
    if (vggish) {
      made = Files.createTempDirectory("earshot-benchmark");
    }
    ModelPackage opened =
        vggish ? ModelPackage.load(RandomVggish.write(made)) : ModelPackages.find(model, PACKAGES);
    network = Network.open(opened, new NetworkOptions(Provider.CPU, 0));
    scores = opened.hasScores();
    patches = Network.buffer(batch * LogMel.PATCH_FLOATS);
    Random random = new Random(1);
    for (int i = 0; i < patches.capacity(); i++) {
      patches.put(i, (float) (random.nextGaussian() - 2));
    }
    results =
        Network.buffer(batch * (scores ? opened.classes() : opened.embeddingSize().orElseThrow()));
  }

  @Benchmark
  public FloatBuffer run() {
    if (scores) {
      network.score(patches, batch, results);
    } else {
      network.embed(patches, batch, results);
    }
    return results;
  }

  @TearDown
  public void close() throws IOException {
    network.close();
    if (made != null) {
      delete(made);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
