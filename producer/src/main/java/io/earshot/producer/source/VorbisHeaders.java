package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.jcraft.jogg.Buffer;
import com.jcraft.jogg.Packet;

/**
 * Looks at the three header packets of a stream before JOrbis does (Vorbis I specification, 4.2).
 * JOrbis believes every number in them: sixty bytes are enough to have it ask for gigabytes. One
 * thread.
 */
final class VorbisHeaders {
  private static final int ID_BYTES = 30;
  private static final int CODEBOOK = 0x564342;
  private static final int MIN_BLOCK_BITS = 6;
  private static final int MAX_BLOCK_BITS = 13;

  /** Numbers in all codebooks; encoders need a tenth of it. */
  private static final long MOST_NUMBERS = 1 << 20;

  /** JOrbis must have one, and nobody reads it. */
  private static final byte[] NO_COMMENT = "\3vorbis\0\0\0\0\0\0\0\0\1".getBytes(ISO_8859_1);

  private Buffer bits;
  private long bitsLeft;
  private int channels;
  private int longBlock;
  private int[] dimensions;
  private int[] entries;

  /**
   * Takes the next header.
   *
   * @param number 0 to 2
   * @throws AudioException if it cannot be decoded
   */
  void check(int number, Packet packet) throws AudioException {
    String begins = (char) (2 * number + 1) + "vorbis";
    int length = Math.min(packet.bytes, begins.length());
    if (!new String(packet.packet_base, packet.packet, length, ISO_8859_1).equals(begins)) {
      throw damaged();
    }
    switch (number) {
      case 0 -> identification(packet);
      case 1 -> {
        packet.packet_base = NO_COMMENT;
        packet.packet = 0;
        packet.bytes = NO_COMMENT.length;
      }
      default -> setup(packet);
    }
  }

  private void identification(Packet packet) throws AudioException {
    if (packet.bytes < ID_BYTES) {
      throw damaged();
    }
    begin(packet);
    read(32);
    channels = read(8);
    int rate = read(32);
    skip(3 * 32);
    int shorter = read(4);
    int longer = read(4);
    if (shorter < MIN_BLOCK_BITS || longer < shorter || longer > MAX_BLOCK_BITS) {
      throw damaged();
    }
    longBlock = 1 << longer;
    try {
      var unused = new AudioShape(rate, channels);
    } catch (IllegalArgumentException e) {
      throw new AudioException(e.getMessage(), e);
    }
  }

  /** Up to the residues; what follows them is small whatever it says. */
  private void setup(Packet packet) throws AudioException {
    begin(packet);
    int books = read(8) + 1;
    dimensions = new int[books];
    entries = new int[books];
    long numbers = 0;
    for (int book = 0; book < books; book++) {
      codebook(book);
      numbers += (long) entries[book] * Math.max(1, dimensions[book]);
      require(numbers <= MOST_NUMBERS);
      lengths(entries[book]);
      lookup(book);
    }
    skip(16L * (read(6) + 1));
    for (int floors = read(6) + 1; floors > 0; floors--) {
      floor();
    }
    for (int residues = read(6) + 1; residues > 0; residues--) {
      residue();
    }
  }

  private void codebook(int book) throws AudioException {
    require(read(24) == CODEBOOK);
    dimensions[book] = read(16);
    entries[book] = read(24);
  }

  private void lengths(int count) throws AudioException {
    if (read(1) == 1) {
      skip(5);
      for (int i = 0; i < count; ) {
        int alike = read(Integer.SIZE - Integer.numberOfLeadingZeros(count - i));
        require(alike <= count - i);
        i += alike;
      }
      return;
    }
    boolean sparse = read(1) == 1;
    for (int i = 0; i < count; i++) {
      if (!sparse || read(1) == 1) {
        skip(5);
      }
    }
  }

  private void lookup(int book) throws AudioException {
    int type = read(4);
    require(type <= 2);
    if (type > 0) {
      skip(2 * 32);
      int width = read(4) + 1;
      skip(1);
      skip(width * (type == 1 ? steps(book) : (long) entries[book] * dimensions[book]));
    }
  }

  /** How many values one dimension has of a book that holds all their combinations. */
  private long steps(int book) throws AudioException {
    require(dimensions[book] > 0);
    long steps = 0;
    while (Math.pow(steps + 1.0, dimensions[book]) <= entries[book]) {
      steps++;
    }
    return steps;
  }

  private void floor() throws AudioException {
    int type = read(16);
    require(type <= 1);
    if (type == 0) {
      skip(8 + 16 + 16 + 6 + 8);
      skip(8L * (read(4) + 1));
      return;
    }
    int[] classes = new int[read(5)];
    int count = 0;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = read(4);
      count = Math.max(count, classes[i] + 1);
    }
    int[] points = new int[count];
    for (int i = 0; i < count; i++) {
      points[i] = read(3) + 1;
      int subclasses = read(2);
      skip(subclasses > 0 ? 8 : 0);
      skip(8L << subclasses);
    }
    skip(2);
    int width = read(4);
    for (int its : classes) {
      skip((long) width * points[its]);
    }
  }

  private void residue() throws AudioException {
    skip(16 + 24);
    int end = read(24);
    require(end <= longBlock / 2 * channels);
    skip(24);
    int classifications = read(6) + 1;
    int book = read(8);
    require(book < entries.length);
    require(Math.pow(classifications, dimensions[book]) <= entries[book]);
    int books = 0;
    for (int i = 0; i < classifications; i++) {
      books += Integer.bitCount(read(3));
      books += read(1) == 1 ? Integer.bitCount(read(5)) : 0;
    }
    skip(8L * books);
  }

  private void begin(Packet packet) throws AudioException {
    bits = new Buffer();
    bits.readinit(packet.packet_base, packet.packet, packet.bytes);
    bitsLeft = 8L * packet.bytes;
    skip(7 * 8);
  }

  private int read(int count) throws AudioException {
    bitsLeft -= count;
    require(bitsLeft >= 0);
    return count == 0 ? 0 : bits.read(count);
  }

  private void skip(long count) throws AudioException {
    for (long left = count; left > 0; left -= 32) {
      read((int) Math.min(32, left));
    }
  }

  private static void require(boolean sound) throws AudioException {
    if (!sound) {
      throw damaged();
    }
  }

  private static AudioException damaged() {
    return new AudioException("the Vorbis headers are damaged");
  }
}
