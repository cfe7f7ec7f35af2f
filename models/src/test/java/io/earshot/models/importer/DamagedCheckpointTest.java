package io.earshot.models.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.earshot.models.SharedData;
import io.earshot.models.pack.PackageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that are cut short, damaged or lie: each is read or refused in one line, cheaply. */
class DamagedCheckpointTest {

  private static final long ENOUGH_BYTES = 4_000_000;

  @TempDir Path directory;

  private byte[] sound;
  private Path file;

  @BeforeEach
  void read() throws Exception {
    sound = Files.readAllBytes(SharedData.file("tf-checkpoints/acrobot.ckpt"));
    file = directory.resolve("model.ckpt");
  }

  @Test
  void aFileOfAnyShorterLengthIsRefused() throws Exception {
    Files.write(file, sound);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (int length = sound.length - 1; length >= 0; length--) {
        channel.truncate(length);
        assertRefused("is not a TensorFlow checkpoint, or is cut short");
      }
    }
  }

  @Test
  void aChangeOfAnyByteIsRefused() throws Exception {
    Files.write(file, sound);
    int unused = 0;
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = 0; at < sound.length; at++) {
        bytes.seek(at);
        bytes.write(sound[at] ^ 1 << at % 8);
        unused += isRead() ? 1 : 0;
        bytes.seek(at);
        bytes.write(sound[at]);
      }
    }
    // The metaindex, 13 bytes, and what the footer does not use of its 48.
    assertThat(unused).isLessThan(60);
  }

  /** The checksums are right again: what is behind them has to take care of itself. */
  @Test
  void damageUnderARightChecksumIsReadOrRefused() throws Exception {
    int refused = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      byte[] block = Arrays.copyOf(sound, 6_595);
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        // Of the lengths and names, the table of contents has most.
        int at = random.nextInt(random.nextBoolean() ? 2_100 : block.length);
        block[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
      }
      try (SstableWriter writer = new SstableWriter(file)) {
        writer.block(0, ByteBuffer.wrap(block));
      }
      refused += isRead() ? 0 : 1;
    }
    assertThat(refused).isBetween(300, 999);
  }

  @Test
  void aCompressedFileIsRefused() throws Exception {
    try (SstableWriter writer = new SstableWriter(file)) {
      writer.block(1, ByteBuffer.wrap(sound, 0, 6_595));
    }
    assertRefused("is compressed (kind 1), which is not supported");
  }

  @Test
  void lengthsWithoutEndAreRefused() throws Exception {
    for (long length : new long[] {5, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, -1}) {
      write(varints(0, 0, length, 0, 0, 1));
      assertRefused("is damaged: ");
      write(varints(0, length, 0, 0, 0, 1));
      assertRefused("is damaged: ");
      write(varints(length, 0, 0, 0, 0, 1));
      assertRefused("is damaged: ");
      // A field of bytes in the table of contents.
      ByteBuffer field = varints(10, length);
      writeEntries(new SstableWriter.Entry(new byte[0], field));
      assertRefused("is damaged: ");
    }
    write(ByteBuffer.wrap(new byte[] {0, 0, 0, -1, -1, -1, -1}));
    assertRefused("is damaged: a block is shorter than its own table");
    byte[] endless = new byte[100];
    Arrays.fill(endless, 0, 96, (byte) 0x80);
    write(ByteBuffer.wrap(endless));
    assertRefused("is damaged: a number without an end");
  }

  @Test
  void blocksOutsideTheFileAreRefused() throws Exception {
    long[] places = {100, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MAX_VALUE - 4, -1};
    for (long place : places) {
      try (SstableWriter writer = new SstableWriter(file)) {
        writer.index(new byte[1], SstableWriter.handle(0, place));
      }
      assertRefused("is damaged or cut short: a block lies outside the file");
      try (SstableWriter writer = new SstableWriter(file)) {
        writer.index(new byte[1], SstableWriter.handle(place, 8));
      }
      assertRefused("is damaged");
    }
  }

  @Test
  void oneBlockUnderManyNamesIsRefused() throws Exception {
    try (SstableWriter writer = new SstableWriter(file)) {
      writer.block(0, ByteBuffer.wrap(sound, 0, 6_595));
      for (int i = 1; i < 100; i++) {
        writer.index(new byte[] {1, (byte) i}, SstableWriter.handle(0, 6_595));
      }
    }
    assertRefused("is damaged: blocks overlap");
  }

  @Test
  void aTensorLargerThanTheFileIsRefused() throws Exception {
    assertSizeRefused("does not hold the 1073741824 values of huge", 1 << 15, 1 << 15);
    assertSizeRefused("does not hold the 2147483647 values of huge", 1 << 30, 1 << 30, 1 << 30);
    assertSizeRefused("is damaged: a tensor of shape [-1, 8]", -1, 8);
    assertSizeRefused("is damaged: a tensor of too many dimensions", new int[300]);
  }

  @Test
  void aTableOfContentsThatIsNoneIsRefused() throws Exception {
    writeEntries();
    assertRefused("lists no tensors");
    new CheckpointWriter().list("a", 1, 1, 2).list("a", 1, 1, 3).write(file);
    assertRefused("is damaged: lists a tensor twice");
  }

  private void assertSizeRefused(String message, int... shape) throws IOException {
    new CheckpointWriter()
        .list("huge", CheckpointWriter.FLOAT, 1, shape)
        .entry("huge", CheckpointWriter.slice("huge", new byte[1_000]))
        .write(file);
    assertRefused(message);
  }

  private void write(ByteBuffer block) throws IOException {
    try (SstableWriter writer = new SstableWriter(file)) {
      writer.block(0, block);
    }
  }

  private void writeEntries(SstableWriter.Entry... entries) throws IOException {
    try (SstableWriter writer = new SstableWriter(file)) {
      writer.block(0, SstableWriter.encode(List.of(entries)));
    }
  }

  /** Numbers of variable length, then a list of no restarts. */
  private static ByteBuffer varints(long... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (long value : values) {
      SstableWriter.varint(bytes, value);
    }
    bytes.writeBytes(new byte[Integer.BYTES]);
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::readAll)
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("model.ckpt " + message)
        .hasMessageNotContaining("\n");
  }

  /** Reads all or is refused, at a cost in proportion to the file. */
  private boolean isRead() throws IOException {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    try {
      readAll();
      return true;
    } catch (PackageException e) {
      assertThat(e.getMessage()).startsWith("model.ckpt ").doesNotContain("\n");
      return false;
    } finally {
      assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(ENOUGH_BYTES);
    }
  }

  private void readAll() throws PackageException {
    try (TfCheckpoint checkpoint = TfCheckpoint.open(file)) {
      for (SavedTensor tensor : checkpoint.tensors()) {
        int[] shape = tensor.shape().stream().mapToInt(Long::intValue).toArray();
        checkpoint.floats(tensor.name(), shape);
      }
    }
  }
}
