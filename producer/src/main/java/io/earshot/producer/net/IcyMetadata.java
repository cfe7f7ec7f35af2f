package io.earshot.producer.net;

import io.earshot.producer.source.AudioException;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;

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

  /**
   * What a response says of titles; null where there are none.
   *
   * @throws AudioException if that cannot be read
   */
  static IcyMetadata of(HttpHeaders headers) throws AudioException {
    String interval = headers.get("icy-metaint", "0").strip();
    if (!interval.matches("\\d{1,9}")) {
      throw new AudioException(
          "icy-metaint '%s', allowed: a number".formatted(ContentTypes.shown(interval)));
    }
    int bytes = Integer.parseInt(interval);
    return bytes > 0 ? new IcyMetadata(bytes) : null;
  }

  /** Whether a response is a radio's, which has no end, whatever length it says. */
  static boolean isRadio(HttpHeaders headers) {
    return headers.names().stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("icy-"));
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
