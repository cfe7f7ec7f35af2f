package io.earshot.models.importer;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of sorted keys and values in blocks: LevelDB's table, as TensorFlow writes it.
 *
 * <pre>{@code
 * try (Sstable table = Sstable.open(path)) {
 *   ByteBuffer first = table.read(table.blocks().get(0)); // for SstableBlock
 * }
 * }</pre>
 *
 * <p>Data blocks, an index block with the place of each, and a footer with the place of the index.
 * Five bytes follow a block: the kind of compression and a masked CRC-32C. TensorFlow turns
 * compression off for checkpoints (tensor_slice_writer.cc), so compressed blocks are refused.
 *
 * <p>Source: LevelDB's {@code doc/table_format.md} and TensorFlow's {@code core/lib/io/format.cc}.
 */
final class Sstable implements Closeable {

  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_BYTES = 48;
  private static final int TRAILER_BYTES = 5;
  private static final int UNCOMPRESSED = 0;
  private static final int CRC_MASK = 0xa282ead8;
  private static final int PIECE_BYTES = 1 << 16;

  private final FileChannel file;
  private final long end;
  private final Place index;

  /** Where a block is in the file, without its trailer. */
  record Place(long offset, long bytes) {

    static Place of(ByteCursor cursor) {
      return new Place(cursor.varint(), cursor.varint());
    }

    long endWithTrailer() {
      return offset + bytes + TRAILER_BYTES;
    }
  }

  private Sstable(FileChannel file) throws IOException {
    this.file = file;
    this.end = file.size() - FOOTER_BYTES;
    ByteBuffer footer = end < 0 ? ByteBuffer.allocate(FOOTER_BYTES) : bytes(end, FOOTER_BYTES);
    if (footer.getLong(FOOTER_BYTES - Long.BYTES) != MAGIC) {
      throw new FormatException("is not a TensorFlow checkpoint, or is cut short");
    }
    ByteCursor cursor = new ByteCursor(footer);
    Place.of(cursor); // The metaindex: filters, which TensorFlow does not write.
    this.index = Place.of(cursor);
  }

  /**
   * Opens a file and reads its footer.
   *
   * @throws FormatException it is no such table
   */
  static Sstable open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path);
    try {
      return new Sstable(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The data blocks, in their order in the file, none over another. */
  List<Place> blocks() throws IOException {
    List<Place> places = new ArrayList<>();
    SstableBlock entries = new SstableBlock(read(index));
    long from = 0;
    while (entries.next()) {
      Place place = Place.of(new ByteCursor(entries.value()));
      // An index that names one block many times would make a small file endless.
      if (place.offset() < from) {
        throw new FormatException("is damaged: blocks overlap");
      }
      requireInside(place);
      from = place.endWithTrailer();
      places.add(place);
    }
    return places;
  }

  /**
   * Reads one block into memory.
   *
   * @throws FormatException it is compressed, does not have its checksum or is not in the file
   */
  ByteBuffer read(Place place) throws IOException {
    requireInside(place);
    int bytes = (int) place.bytes();
    ByteBuffer block = bytes(place.offset(), bytes + TRAILER_BYTES);
    CRC32C crc = new CRC32C();
    crc.update(block.slice(0, bytes + 1));
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK;
    if (block.getInt(bytes + 1) != masked) {
      throw new FormatException(
          "is damaged: a block at %d has the wrong checksum".formatted(place.offset()));
    }
    if (block.get(bytes) != UNCOMPRESSED) {
      throw new FormatException(
          "is compressed (kind %d), which is not supported".formatted(block.get(bytes)));
    }
    return block.slice(0, bytes);
  }

  private void requireInside(Place place) {
    // Compared one by one: their sum may overflow.
    boolean inside =
        place.offset() >= 0
            && place.bytes() >= 0
            && place.offset() <= end
            && place.bytes() <= end - place.offset() - TRAILER_BYTES;
    if (!inside) {
      throw new FormatException("is damaged or cut short: a block lies outside the file");
    }
    if (place.bytes() > Integer.MAX_VALUE - PIECE_BYTES) {
      throw new FormatException(
          "has a block of %d bytes, too large to read".formatted(place.bytes()));
    }
  }

  /** Read in pieces, since the channel copies each through native memory of the same size. */
  private ByteBuffer bytes(long from, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.position() < count) {
      bytes.limit(bytes.position() + Math.min(PIECE_BYTES, count - bytes.position()));
      if (file.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("the file became shorter");
      }
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
