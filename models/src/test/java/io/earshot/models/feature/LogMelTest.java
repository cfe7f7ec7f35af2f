package io.earshot.models.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogMelTest {
  private static final Path GOLDEN = shared().resolve("golden");

  static List<JsonNode> goldenFiles() throws IOException {
    List<JsonNode> files = new ArrayList<>();
    new ObjectMapper().readTree(GOLDEN.resolve("manifest.json").toFile()).forEach(files::add);
    assertThat(files).hasSizeGreaterThanOrEqualTo(18);
    return files;
  }

  @ParameterizedTest
  @MethodSource("goldenFiles")
  void matchesTheOfficialFrontEnd(JsonNode golden) throws Exception {
    float[] samples = samples(GOLDEN.resolve(golden.get("wav").asText()));
    assertThat(samples).hasSize(golden.get("samples").asInt());
    float[] expected = floats(GOLDEN.resolve(golden.get("logmel").asText()));
    int rows = golden.get("shape").get(0).asInt();
    LogMel logMel = new LogMel(golden.get("log_offset").asDouble());
    float[] actual = new float[expected.length];
    logMel.rows(samples, 0, rows, actual, 0);
    double worst = 0;
    double sum = 0;
    for (int i = 0; i < actual.length; i++) {
      double error = Math.abs(actual[i] - (double) expected[i]);
      worst = Math.max(worst, error);
      sum += error;
    }
    double mean = sum / expected.length;
    System.out.printf(
        "golden %-36s worst %.2e mean %.2e%n", golden.get("logmel").asText(), worst, mean);
    if (golden.get("wav").asText().matches("(sine_1khz|chirp_clipped)\\.wav")) {
      assertThat(worst).isLessThanOrEqualTo(4e-3);
    } else {
      assertThat(worst).isLessThanOrEqualTo(2e-4);
      assertThat(mean).isLessThanOrEqualTo(1e-5);
    }
  }

  private static float[] samples(Path wav) throws Exception {
    try (AudioInputStream in =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(Files.readAllBytes(wav)))) {
      ByteBuffer pcm = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[pcm.remaining() / 2];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = pcm.getShort() / 32768f;
      }
      return samples;
    }
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] floats = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(floats);
    return floats;
  }

  private static Path shared() {
    return Path.of(System.getProperty("EARSHOT_SHARED", "../shared"));
  }
}
