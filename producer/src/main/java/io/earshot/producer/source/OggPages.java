package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.jcraft.jogg.Page;
import com.jcraft.jogg.SyncState;

/** Bytes of an Ogg file to its pages (RFC 3533), those of all its streams. */
final class OggPages {
  private static final int MAX_ID_BYTES = 128;

  private final SyncState sync = new SyncState();
  private final Page page = new Page();
  private int damaged;

  OggPages() {
    sync.init();
  }

  /** Takes {@code bytes[0..count)}. */
  void add(byte[] bytes, int count) {
    int at = sync.buffer(count);
    System.arraycopy(bytes, 0, sync.data, at, count);
    sync.wrote(count);
  }

  /** The next page, valid until the next call; null while its bytes are not here. */
  Page next() {
    for (int result; (result = sync.pageout(page)) != 1; ) {
      if (result == 0) {
        return null;
      }
      damaged++;
    }
    return page;
  }

  /** How often bytes had to be skipped up to the next page. */
  int damaged() {
    return damaged;
  }

  static boolean startsVorbis(Page page) {
    return codec(page).equals("Vorbis");
  }

  /** What a stream is of that begins with this page. */
  static String codec(Page page) {
    int count = Math.min(MAX_ID_BYTES, page.body_len);
    return codec(new String(page.body_base, page.body, count, ISO_8859_1));
  }

  /** What a file holds that begins so. */
  static String codec(String head) {
    return head.contains("\1vorbis")
        ? "Vorbis"
        : head.contains("OpusHead")
            ? "Opus"
            : head.contains("\177FLAC") ? "FLAC" : head.contains("Speex") ? "Speex" : "no Vorbis";
  }
}
