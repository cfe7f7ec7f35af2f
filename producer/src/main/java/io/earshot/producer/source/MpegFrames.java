package io.earshot.producer.source;

import io.earshot.producer.source.MpegHeader.Look;
import java.io.IOException;

/**
 * Bytes to the frames of MPEG audio. What comes before the first is passed over, for who listens in
 * joins in the middle of one; tags are stepped over; where frames get lost, three in a row are
 * looked for. One thread.
 */
final class MpegFrames {
  /** Takes what was found. */
  interface Listener {
    /**
     * Frames like this one follow.
     *
     * @param again whether others did before, and something between could not be read
     */
    void begins(MpegHeader form, boolean again) throws IOException;

    /**
     * A frame.
     *
     * @param limit where the bytes end that may be looked at
     */
    void frame(byte[] bytes, int at, int limit, MpegHeader header) throws IOException;
  }

  /** What the note in the first frame needs, however short that frame is. */
  private static final int NOTE_BYTES = 256;

  private static final int NEEDS_MORE = -1;
  private static final int HEAD_BYTES = 4;
  private static final int ID3V1_BYTES = 128;

  private final Listener listener;
  private final long patienceBytes;

  /** What frames are like; null where they are looked for. */
  private MpegHeader form;

  private boolean found;
  private boolean isFirst;
  private long searched;
  private long tagLeft;

  /**
   * Frames are yet to be found.
   *
   * @param patienceBytes what is longer without a frame is no MPEG audio
   */
  MpegFrames(Listener listener, long patienceBytes) {
    this.listener = listener;
    this.patienceBytes = patienceBytes;
  }

  /** As {@link FedDecoder#feed}. */
  int feed(byte[] bytes, int count, boolean last) throws IOException {
    int at = 0;
    for (int taken = 0; taken != NEEDS_MORE && at < count; at += Math.max(0, taken)) {
      taken = step(bytes, at, count, last);
    }
    return last ? count : at;
  }

  private int step(byte[] bytes, int at, int count, boolean last) throws IOException {
    if (tagLeft > 0) {
      int skipped = (int) Math.min(tagLeft, count - at);
      tagLeft -= skipped;
      return skipped;
    }
    if (count - at < HEAD_BYTES) {
      return NEEDS_MORE;
    }
    boolean boundary = form != null || searched == 0;
    if (boundary && FileKind.startsWith(bytes, at, "ID3")) {
      tagLeft = count - at < FileKind.ID3_HEAD_BYTES ? 0 : FileKind.id3Bytes(bytes, at);
      return tagLeft == 0 ? NEEDS_MORE : 0;
    }
    if (boundary && FileKind.startsWith(bytes, at, "TAG")) {
      tagLeft = ID3V1_BYTES;
      return 0;
    }
    return form == null ? search(bytes, at, count, last) : next(bytes, at, count);
  }

  private int search(byte[] bytes, int from, int count, boolean last) throws IOException {
    if (count - from < NOTE_BYTES && !last) {
      return NEEDS_MORE;
    }
    int at = from;
    Look look = MpegHeader.look(bytes, at, count, last);
    while (at < count && (look == Look.NONE || (last && look == Look.UNDECIDED))) {
      look = MpegHeader.look(bytes, ++at, count, last);
    }
    searched += at - from;
    if (searched > patienceBytes) {
      throw new AudioException(
          "no MPEG audio in %d KiB, %s".formatted(patienceBytes >> 10, SoundKind.ALLOWED));
    }
    if (look == Look.FRAMES) {
      begin(MpegHeader.at(bytes, at, count));
      return at - from;
    }
    return at == from ? NEEDS_MORE : at - from;
  }

  private void begin(MpegHeader first) throws IOException {
    listener.begins(first, found);
    form = first;
    found = true;
    isFirst = true;
    searched = 0;
  }

  private int next(byte[] bytes, int at, int count) throws IOException {
    MpegHeader header = MpegHeader.at(bytes, at, count);
    if (header == null || !header.isLike(form) || header.channels() != form.channels()) {
      form = null;
      searched = 1; // what is here is no beginning, so no tag either
      return 0;
    }
    int end = at + header.bytes();
    if (end > count) {
      return NEEDS_MORE;
    }
    int limit = isFirst ? Math.max(end, Math.min(count, at + NOTE_BYTES)) : end;
    isFirst = false;
    listener.frame(bytes, at, limit, header);
    return header.bytes();
  }
}
