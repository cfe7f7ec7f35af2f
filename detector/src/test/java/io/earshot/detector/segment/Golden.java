package io.earshot.detector.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.models.feature.LogMel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recordings, and the log-mel rows that the official VGGish front end gives for them. */
record Golden(String wav, String logMel, double offset, int samples, int at960, int at480) {
  private static final int WAV_HEADER = 44;

  static List<Golden> all() throws IOException {
    List<Golden> files = new ArrayList<>();
    for (JsonNode entry : new ObjectMapper().readTree(bytes("manifest.json").array())) {
      files.add(
          new Golden(
              entry.get("wav").asText(),
              entry.get("logmel").asText(),
              entry.get("log_offset").asDouble(),
              entry.get("samples").asInt(),
              entry.get("patches_hop_96").asInt(),
              entry.get("patches_hop_48").asInt()));
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(18);
    return files;
  }

  /** Samples of 1/32768 full scale, as a sound file or a frame holds them. */
  short[] pcm() throws IOException {
    ByteBuffer bytes = bytes(wav).position(WAV_HEADER);
    short[] pcm = new short[bytes.remaining() / 2];
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
    assertThat(pcm).hasSize(samples);
    return pcm;
  }

  float[] sound() throws IOException {
    short[] pcm = pcm();
    float[] sound = new float[pcm.length];
    for (int i = 0; i < pcm.length; i++) {
      sound[i] = pcm[i] / 32768f;
    }
    return sound;
  }

  private float[] rows() throws IOException {
    ByteBuffer bytes = bytes(logMel);
    float[] rows = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(rows);
    return rows;
  }

  /** Holds the patch that begins at {@code row} against the rows, within the tolerances. */
  void assertPatch(int row, float[] patch) throws IOException {
    float[] rows = rows();
    double worst = 0;
    double sum = 0;
    for (int i = 0; i < LogMel.PATCH_FLOATS; i++) {
      double error = Math.abs(patch[i] - (double) rows[row * LogMel.BANDS + i]);
      worst = Math.max(worst, error);
      sum += error;
    }
    boolean nearEmptyBands = wav.matches("(sine_1khz|chirp_clipped)\\.wav");
    assertThat(worst).as("worst of row %s", row).isLessThanOrEqualTo(nearEmptyBands ? 4e-3 : 2e-4);
    if (!nearEmptyBands) {
      assertThat(sum / LogMel.PATCH_FLOATS).as("mean of row %s", row).isLessThanOrEqualTo(1e-5);
    }
  }

  private static ByteBuffer bytes(String name) throws IOException {
    String shared = System.getProperty("EARSHOT_SHARED", System.getenv("EARSHOT_SHARED"));
    assertThat(shared).as("EARSHOT_SHARED, a property or a variable").isNotNull();
    Path file = Path.of(shared, "golden", name);
    assertThat(file).exists();
    return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
