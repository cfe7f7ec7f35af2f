package io.earshot.detector.app;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import io.earshot.producer.frame.Encoding;
import io.earshot.producer.frame.Frame;
import io.earshot.producer.publish.FramePublisher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code earshot bench}: the whole pipeline beside a bare loop of the network, in one run. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures patches a second through the pipeline and through the network alone.")
final class BenchCommand implements Callable<Integer> {
  private static final int FRAME_SAMPLES = 1_600;
  private static final int WARM_UP_SECONDS = 30;

  @Mixin private DetectionOptions detection;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "16",
      description = "Streams at the same time; 16 by default.")
  private int streams;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Sound of each stream, streamed as fast as it goes; 60 by default.")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    if (streams < 1 || streams > 1000 || seconds < 2 || seconds > 36_000) {
      throw UserException.wrongUse("bench takes 1 to 1000 streams and 2 to 36000 seconds");
    }
    Config config = detection.config();
    ModelPackage model = DetectionOptions.model(config);
    FloatBuffer patches;
    double pipeline;
    try (Station station = Station.open(config, model, PipelineMetrics.NONE);
        FramePublisher publisher = station.publisher();
        Follower follower = station.follower()) {
      stream("warm-up", WARM_UP_SECONDS, publisher, follower);
      pipeline = stream("measured", seconds, publisher, follower);
      patches = patches(station);
    }
    int count = patches.capacity() / LogMel.PATCH_FLOATS;
    double bare = bare(config, model, patches, count);
    print("pipeline", count, pipeline);
    print("bare loop", count, bare);
    System.out.printf(Locale.ROOT, "ratio      %.2f%n", bare / pipeline);
    return 0;
  }

  /** Streams noise into all streams in step; returns the seconds until the last event. */
  private double stream(String name, int length, FramePublisher publisher, Follower follower)
      throws IOException, UserException {
    List<String> ids = IntStream.range(0, streams).mapToObj(i -> name + "-" + i).toList();
    byte[] noise = noise(length);
    long start = System.nanoTime();
    long captured = System.currentTimeMillis();
    int frames = length * LogMel.SAMPLE_RATE / FRAME_SAMPLES;
    for (int seq = 0; seq < frames; seq++) {
      byte[] pcm = new byte[2 * FRAME_SAMPLES];
      System.arraycopy(noise, seq * pcm.length, pcm, 0, pcm.length);
      long millis = captured + seq * 100L;
      for (String id : ids) {
        publisher.publish(
            new Frame(id, "bench", seq, millis, Encoding.S16LE, pcm, seq == frames - 1));
      }
    }
    publisher.flush();
    while (!ids.stream().allMatch(follower::isOver)) {
      follower.poll();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Noise whose level wanders, so that scores do not stand still. */
  private static byte[] noise(int seconds) {
    Random random = new Random(7);
    ByteBuffer pcm =
        ByteBuffer.allocate(2 * seconds * LogMel.SAMPLE_RATE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; pcm.hasRemaining(); i++) {
      double level = 1000 + 900 * Math.sin(i / 20_000.0);
      pcm.putShort((short) (level * random.nextGaussian()));
    }
    return pcm.array();
  }

  /** The patches of the measured streams, read back from Kafka. */
  private FloatBuffer patches(Station station) {
    int each =
        (seconds * LogMel.SAMPLE_RATE - LogMel.PATCH_SAMPLES) / (LogMel.ROWS * LogMel.HOP_SAMPLES)
            + 1;
    ByteBuffer all =
        ByteBuffer.allocateDirect(streams * each * LogMel.PATCH_FLOATS * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    try (Consumer<byte[], byte[]> consumer = EventReader.consumer(station.kafka())) {
      List<TopicPartition> partitions = EventReader.partitions(consumer, Topics.PATCHES);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (all.hasRemaining()) {
        for (ConsumerRecord<byte[], byte[]> patch : consumer.poll(Duration.ofMillis(100))) {
          boolean measured = patch.key()[0] == 'm' && patch.value().length > 0;
          if (measured && all.remaining() >= patch.value().length) {
            all.put(patch.value());
          }
        }
      }
    }
    return all.flip().asFloatBuffer();
  }

  private static double bare(Config config, ModelPackage model, FloatBuffer patches, int count)
      throws PackageException {
    int batch = config.inference().maxBatch();
    NetworkOptions options =
        new NetworkOptions(config.inference().provider(), config.inference().threads());
    try (Network network = Network.open(model, options)) {
      FloatBuffer scores =
          ByteBuffer.allocateDirect(batch * network.classes() * Float.BYTES)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      loop(network, patches, Math.min(count, 500), batch, scores);
      long start = System.nanoTime();
      loop(network, patches, count, batch, scores);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static void loop(
      Network network, FloatBuffer patches, int count, int batch, FloatBuffer scores) {
    for (int at = 0; at < count; at += batch) {
      int size = Math.min(batch, count - at);
      network.score(
          patches.slice(at * LogMel.PATCH_FLOATS, size * LogMel.PATCH_FLOATS), size, scores);
    }
  }

  private static void print(String what, int patches, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %d patches in %.2f s, %.0f patches/s%n",
        what,
        patches,
        seconds,
        patches / seconds);
  }
}
