package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyArrayTest {

  private static final double[] BY_ROW = {1, 2, 3, 4, 5, 6};

  @TempDir Path directory;

  @Test
  void rowsAndColumnsOfBothPrecisionsAreRead() throws Exception {
    byte[] byRow = NpzWriter.float64(BY_ROW);
    byte[] byColumn = NpzWriter.float32(1, 4, 2, 5, 3, 6);
    assertThat(read(1, NpzWriter.header("<f8", false, "(2, 3)"), byRow)).isEqualTo(BY_ROW);
    assertThat(read(1, NpzWriter.header("<f4", true, "(2, 3)"), byColumn)).isEqualTo(BY_ROW);
    assertThat(read(2, NpzWriter.header("<f8", false, "(2, 3)"), byRow)).isEqualTo(BY_ROW);
  }

  @Test
  void aVectorIsOneColumn() throws Exception {
    for (String shape : new String[] {"(2,)", "(2, 1)"}) {
      write(1, NpzWriter.header("<f8", false, shape), NpzWriter.float64(7, 8));
      try (ZipFile npz = open()) {
        assertThat(NpyArray.read(npz, "array", 2, 1)).containsExactly(7, 8);
      }
    }
  }

  @Test
  void otherArraysAreRefused() {
    byte[] data = NpzWriter.float64(BY_ROW);
    String expected = "holds array, but not as floats of shape [2, 3]";
    assertRefused(expected, 1, NpzWriter.header("<f8", false, "(3, 2)"), data);
    assertRefused(expected, 1, NpzWriter.header("<f8", false, "(6,)"), data);
    assertRefused(expected, 1, NpzWriter.header(">f8", false, "(2, 3)"), data);
    assertRefused(expected, 1, NpzWriter.header("|O", false, "(2, 3)"), data);
    assertRefused(expected, 3, NpzWriter.header("<f8", false, "(2, 3)"), data);
    assertRefused(expected, 1, "1".repeat(60_000), data);
  }

  @Test
  void anArrayThatIsCutShortIsRefused() {
    assertRefused(
        "is damaged: 48 bytes where 40 are left",
        1,
        NpzWriter.header("<f8", false, "(2, 3)"),
        NpzWriter.float64(1, 2, 3, 4, 5));
  }

  @Test
  void noMoreIsUnpackedThanTheArrayNeeds() throws Exception {
    // 200 MB of zeros in a file of 200 kB, in the place of 48 bytes.
    write(1, NpzWriter.header("<f8", false, "(2, 3)"), new byte[200_000_000]);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    try (ZipFile npz = open()) {
      assertThat(NpyArray.read(npz, "array", 2, 3)).containsOnly(0);
    }
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
  }

  private void assertRefused(String message, int version, String header, byte[] data) {
    assertThatThrownBy(() -> read(version, header, data))
        .isInstanceOf(FormatException.class)
        .hasMessage(message);
  }

  private double[] read(int version, String header, byte[] data) throws Exception {
    write(version, header, data);
    try (ZipFile npz = open()) {
      return NpyArray.read(npz, "array", 2, 3);
    }
  }

  private void write(int version, String header, byte[] data) throws Exception {
    try (NpzWriter writer = new NpzWriter(directory.resolve("test.npz"))) {
      writer.add("array", version, header, data);
    }
  }

  private ZipFile open() throws Exception {
    return new ZipFile(directory.resolve("test.npz").toFile());
  }
}
