package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/**
 * What an encoder notes in the first frame of an MP3 file: the Xing header with LAME's extension.
 *
 * @param present whether the first frame is such a note and no sound
 * @param mpegFrames after it; -1 unknown
 * @param skipAtStart frames of silence before the sound: the encoder's delay and the decoder's
 * @param totalFrames of the sound itself; -1 unknown
 */
record MpegInfo(boolean present, long mpegFrames, int skipAtStart, long totalFrames) {
  static final MpegInfo NONE = new MpegInfo(false, -1, 0, -1);

  /** Every layer 3 decoder is so much late. */
  private static final int DECODER_DELAY = 529;

  /** From the Xing header's end, where LAME's begins, to its two 12-bit numbers. */
  private static final int LAME_DELAYS = 21;

  private static final int HAS_FRAME_COUNT = 1;

  static MpegInfo read(byte[] head, int frame, MpegHeader header) {
    return read(head, frame, head.length, header);
  }

  /**
   * Reads the note.
   *
   * @param frame where its frame is
   * @param limit where the known bytes end
   */
  static MpegInfo read(byte[] head, int frame, int limit, MpegHeader header) {
    int sideInfo =
        header.lsf() ? (header.channels() == 1 ? 9 : 17) : header.channels() == 1 ? 17 : 32;
    int xing = frame + 4 + sideInfo;
    if (header.layer() != 3 || xing + 160 > limit) {
      return NONE;
    }
    String name = new String(head, xing, 4, ISO_8859_1);
    if (!name.equals("Xing") && !name.equals("Info")) {
      return NONE;
    }
    int flags = ByteBuffer.wrap(head).getInt(xing + 4);
    long frames =
        (flags & HAS_FRAME_COUNT) == 0 ? -1 : ByteBuffer.wrap(head).getInt(xing + 8) & 0xffffffffL;
    frames = frames == 0 ? -1 : frames; // who writes to a pipe does not know yet
    int lame = xing + 8;
    int[] fieldBytes = {4, 4, 100, 4}; // frames, bytes, seek table, quality
    for (int field = 0; field < fieldBytes.length; field++) {
      lame += ((flags >> field) & 1) * fieldBytes[field];
    }
    int delays = ByteBuffer.wrap(head).getInt(lame + LAME_DELAYS) >>> 8;
    int delay = delays >> 12;
    int padding = delays & 0xfff;
    // Only LAME and libavcodec leave the two numbers, and they leave their name before them.
    String encoder = new String(head, lame, 4, ISO_8859_1);
    if (!encoder.equals("LAME") && !encoder.startsWith("Lav")) {
      return new MpegInfo(true, frames, 0, frames < 0 ? -1 : frames * header.samples());
    }
    // The decoder's delay takes from the padding, and from the sound where there is too little.
    int lost = delay + Math.max(padding, DECODER_DELAY);
    long total = frames < 0 ? -1 : Math.max(0, frames * header.samples() - lost);
    return new MpegInfo(true, frames, delay + DECODER_DELAY, total);
  }
}
