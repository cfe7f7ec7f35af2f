package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingCacheTest {
  private static final EmbeddedClip CLIP =
      new EmbeddedClip(
          List.of(
              new float[] {1 / 3f, -0.0f, Float.MIN_VALUE},
              new float[] {Float.MAX_VALUE, 1e-30f, 2}),
          List.of(-20.123456789, -120.0),
          1 / 3.0);

  @TempDir Path folder;

  @Test
  void everyBitSurvives() {
    cache().write("key", CLIP);
    EmbeddedClip read = cache().read("key").orElseThrow();
    assertThat(read.levels()).isEqualTo(CLIP.levels());
    assertThat(read.seconds()).isEqualTo(CLIP.seconds());
    assertThat(read.embeddings()).hasSize(2);
    for (int segment = 0; segment < 2; segment++) {
      assertThat(bits(read.embeddings().get(segment)))
          .isEqualTo(bits(CLIP.embeddings().get(segment)));
    }
    assertThat(cache().read("another key")).isEmpty();
  }

  @Test
  void noHalfFileIsLeftBeside() throws Exception {
    cache().write("key", CLIP);
    cache().write("key", CLIP);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileCutAnywhereIsAbsent() throws Exception {
    cache().write("key", CLIP);
    byte[] whole = Files.readAllBytes(file());
    for (int length = 0; length < whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      assertThat(cache().read("key")).as("%d of %d bytes", length, whole.length).isEmpty();
    }
  }

  @Test
  void aFileWithAWrongByteAnywhereIsAbsent() throws Exception {
    cache().write("key", CLIP);
    byte[] whole = Files.readAllBytes(file());
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      Files.write(file(), damaged);
      assertThat(cache().read("key")).as("byte %d", at).isEmpty();
    }
  }

  @Test
  void aForeignFileOrAFolderIsAbsentAndReplacedIfItCanBe() throws Exception {
    cache().write("key", CLIP);
    Path file = file();
    Files.write(file, ByteBuffer.allocate(1000).array());
    assertThat(cache().read("key")).isEmpty();
    cache().write("key", CLIP);
    assertThat(cache().read("key")).isPresent();
    Files.delete(file);
    Files.createDirectory(file);
    assertThat(cache().read("key")).isEmpty();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoFailure() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    EmbeddingCache cache = new EmbeddingCache(file.resolve("below"));
    cache.write("key", CLIP);
    assertThat(cache.read("key")).isEmpty();
  }

  private EmbeddingCache cache() {
    return new EmbeddingCache(folder);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
