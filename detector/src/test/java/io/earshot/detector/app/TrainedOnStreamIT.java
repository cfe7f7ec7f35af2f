package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.metrics.PipelineMetrics;
import io.earshot.models.onnx.Network;
import io.earshot.models.onnx.NetworkOptions;
import io.earshot.models.onnx.Provider;
import io.earshot.models.pack.ModelPackage;
import io.earshot.producer.app.Sessions;
import io.earshot.producer.app.StreamPump;
import io.earshot.producer.publish.FramePublisher;
import io.earshot.producer.source.AudioSource;
import io.earshot.producer.source.FileSource;
import io.earshot.producer.stream.Pace;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head learns from the very numbers that the running detector will give it, bit for bit. */
class TrainedOnStreamIT {
  private static final String[] LABELS = {"dog_bark", "rooster"};

  @TempDir Path folder;

  private Map<String, List<float[]>> patches;
  private Map<String, List<float[]>> scores;

  @Test
  void trainingAndStreamingSeeTheSameBits() throws Exception {
    Path data = EscClips.copy(folder.resolve("data"), 2, LABELS);
    Path head = folder.resolve("head");
    train(data, head);
    Config config = ConfigFile.read(config(head), Map.of());
    stream(config, EscClips.in(data));
    assertThat(patches).hasSize(16);

    Set<List<Integer>> learnt = cached();
    for (Map.Entry<String, List<float[]>> clip : each(Shared.base(), Network::embed, 128)) {
      assertThat(learnt).as(clip.getKey()).contains(bits(clip.getValue()));
    }
    for (Map.Entry<String, List<float[]>> clip : each(head, Network::score, 3)) {
      assertThat(bits(scores.get(clip.getKey())))
          .as(clip.getKey())
          .isEqualTo(bits(clip.getValue()));
    }
  }

  private void train(Path data, Path head) {
    CommandRun train =
        CommandRun.of(
            "train",
            "--data",
            data.toString(),
            "--model-out",
            head.toString(),
            "--backbone",
            Shared.base().toString(),
            "--cache",
            folder.resolve("cache").toString());
    assertThat(train.status()).as("%s", train).isZero();
  }

  private Path config(Path head) throws IOException {
    return Files.writeString(
        folder.resolve("earshot.yaml"), "model:\n  name: '%s'\n".formatted(head));
  }

  /** Through a running detector, its broker and its topics. */
  private void stream(Config config, List<Path> clips) throws Exception {
    try (Station station = Station.open(config, ModelOptions.model(config), PipelineMetrics.NONE);
        FramePublisher publisher = station.publisher()) {
      for (Path clip : clips) {
        try (AudioSource source = FileSource.open(clip, Instant.now())) {
          String stream = clip.getFileName().toString();
          new StreamPump(stream, Sessions.next(), source, publisher, Pace.FAST, read -> {}).run();
        }
      }
      publisher.flush();
      patches = TopicValues.of(station.kafka(), Topics.PATCHES, clips.size());
      scores = TopicValues.of(station.kafka(), Topics.SCORES, clips.size());
    }
  }

  /** What a network can be asked for. */
  private interface Output {
    void run(Network network, FloatBuffer patches, int count, FloatBuffer values);
  }

  /** The patches of each stream, one at a time, which is the batch of neither side. */
  private Set<Map.Entry<String, List<float[]>>> each(Path model, Output output, int size)
      throws Exception {
    Map<String, List<float[]>> values = new TreeMap<>();
    try (Network network =
        Network.open(ModelPackage.load(model), new NetworkOptions(Provider.CPU, 1))) {
      patches.forEach(
          (stream, ofStream) ->
              values.put(
                  stream,
                  ofStream.stream().map(patch -> value(network, output, patch, size)).toList()));
    }
    return values.entrySet();
  }

  private static float[] value(Network network, Output output, float[] patch, int size) {
    FloatBuffer value = Network.buffer(size);
    output.run(network, Network.buffer(patch.length).put(patch), 1, value);
    float[] floats = new float[size];
    value.get(0, floats);
    return floats;
  }

  private Set<List<Integer>> cached() throws IOException {
    Set<List<Integer>> clips = new HashSet<>();
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      for (Path file : files.toList()) {
        clips.add(bits(embeddings(file)));
      }
    }
    return clips;
  }

  /** As the cache's documentation has it. */
  private static List<float[]> embeddings(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.readInt(); // The form's number.
      int segments = in.readInt();
      int size = in.readInt();
      in.readDouble(); // The clip's seconds.
      List<float[]> embeddings = new ArrayList<>();
      for (int segment = 0; segment < segments; segment++) {
        in.readDouble(); // The segment's level.
        float[] embedding = new float[size];
        for (int i = 0; i < size; i++) {
          embedding[i] = in.readFloat();
        }
        embeddings.add(embedding);
      }
      return embeddings;
    }
  }

  private static List<Integer> bits(List<float[]> segments) {
    List<Integer> bits = new ArrayList<>();
    for (float[] segment : segments) {
      for (float value : segment) {
        bits.add(Float.floatToRawIntBits(value));
      }
    }
    return bits;
  }
}
