package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * The four bytes before each frame of an MPEG-1, 2 or 2.5 audio stream (ISO 11172-3, 13818-3).
 *
 * @param lsf whether it has the lower sampling frequencies of MPEG-2 and 2.5
 * @param layer 1 to 3
 * @param rate Hz
 * @param bytes length of the frame
 */
record MpegHeader(boolean lsf, int layer, int rate, int channels, int bytes) {
  /** kbit/s by index; rows: MPEG-1 layers 1, 2, 3, then MPEG-2 layer 1, layers 2 and 3. */
  private static final int[][] KBITS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
  };

  private static final int[] RATES = {44_100, 48_000, 32_000};

  /** Enough that noise does not pass for music: see {@link #look}. */
  private static final int FRAMES_IN_A_ROW = 3;

  /** What a look ahead can tell. */
  enum Look {
    FRAMES,
    NONE,
    /** Too few bytes to tell. */
    UNDECIDED
  }

  /** Null if no frame begins there. */
  static MpegHeader at(byte[] bytes, int at) {
    return at(bytes, at, bytes.length);
  }

  /** Null if no frame begins there, or {@code bytes[0..limit)} end within its header. */
  static MpegHeader at(byte[] bytes, int at, int limit) {
    if (at + 4 > limit || bytes[at] != (byte) 0xff || (bytes[at + 1] & 0xe0) != 0xe0) {
      return null;
    }
    int version = (bytes[at + 1] >> 3) & 3; // 3 is MPEG-1, 2 MPEG-2, 0 MPEG-2.5
    int layer = 4 - ((bytes[at + 1] >> 1) & 3);
    int bitrateIndex = (bytes[at + 2] >> 4) & 15;
    int rateIndex = (bytes[at + 2] >> 2) & 3;
    // Index 0, free format, gives no length; JLayer itself seldom plays it.
    if (version == 1 || layer == 4 || rateIndex == 3 || bitrateIndex == 0 || bitrateIndex == 15) {
      return null;
    }
    boolean lsf = version != 3;
    int kbits = KBITS[lsf ? Math.min(2, layer) + 2 : layer - 1][bitrateIndex];
    int rate = RATES[rateIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int channels = ((bytes[at + 3] >> 6) & 3) == 3 ? 1 : 2;
    int padding = (bytes[at + 2] >> 1) & 1;
    int length =
        layer == 1
            ? (12_000 * kbits / rate + padding) * 4
            : samples(lsf, layer) / 8 * 1000 * kbits / rate + padding;
    return new MpegHeader(lsf, layer, rate, channels, length);
  }

  /** Samples a channel in each frame. */
  int samples() {
    return samples(lsf, layer);
  }

  /**
   * Where the first frame is: three frames in a row that agree, or fewer if the file ends with
   * them; -1 if nowhere.
   */
  static int find(byte[] bytes) {
    for (int at = 0; at < bytes.length - 3; at++) {
      // Only at the very beginning may fewer be the whole file.
      if (look(bytes, at, bytes.length, at == 0) == Look.FRAMES) {
        return at;
      }
    }
    return -1;
  }

  static boolean startsStream(byte[] bytes) {
    return find(bytes) >= 0;
  }

  /**
   * Whether three frames in a row begin at that byte.
   *
   * @param limit where the known bytes end
   * @param mayEnd whether fewer do, if the bytes end with them
   */
  static Look look(byte[] bytes, int start, int limit, boolean mayEnd) {
    MpegHeader first = at(bytes, start, limit);
    MpegHeader header = first;
    int at = start;
    for (int count = 1; header != null && header.isLike(first); count++) {
      at += header.bytes();
      if (count == FRAMES_IN_A_ROW || (mayEnd && endsAt(bytes, at, limit))) {
        return Look.FRAMES;
      }
      header = at(bytes, at, limit);
    }
    return header == null && at + 4 > limit ? Look.UNDECIDED : Look.NONE;
  }

  /** The end of the file, or its ID3v1 tag. */
  private static boolean endsAt(byte[] bytes, int at, int limit) {
    return at == limit || (at == limit - 128 && new String(bytes, at, 3, ISO_8859_1).equals("TAG"));
  }

  /** Whether one decoder can take both. */
  boolean isLike(MpegHeader other) {
    return lsf == other.lsf && layer == other.layer && rate == other.rate;
  }

  private static int samples(boolean lsf, int layer) {
    return layer == 1 ? 384 : layer == 3 && lsf ? 576 : 1152;
  }
}
