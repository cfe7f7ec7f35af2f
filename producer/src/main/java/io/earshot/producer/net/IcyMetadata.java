package io.earshot.producer.net;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Steps over the titles that Shoutcast and Icecast put between the sound: after each {@code
 * icy-metaint} bytes of sound one that says how long the title is, in sixteens. One thread.
 */
final class IcyMetadata {
  /** Takes what is sound. */
  interface Sound {
    void add(ByteBuffer bytes) throws IOException;
  }

  private static final int UNIT_BYTES = 16;

  private final int interval;
  private int soundLeft;
  private int titleLeft;

  /**
   * Nothing has come yet.
   *
   * @param interval bytes of sound between titles, above 0
   */
  IcyMetadata(int interval) {
    this.interval = interval;
    this.soundLeft = interval;
  }

  /** Takes all that the buffer has. */
  void pass(ByteBuffer bytes, Sound to) throws IOException {
    while (bytes.hasRemaining()) {
      if (titleLeft > 0) {
        int skipped = Math.min(titleLeft, bytes.remaining());
        bytes.position(bytes.position() + skipped);
        titleLeft -= skipped;
      } else if (soundLeft == 0) {
        titleLeft = UNIT_BYTES * (bytes.get() & 0xff);
        soundLeft = interval;
      } else {
        int count = Math.min(soundLeft, bytes.remaining());
        ByteBuffer sound = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        soundLeft -= count;
        to.add(sound);
      }
    }
  }
}
