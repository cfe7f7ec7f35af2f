package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.jcraft.jogg.Page;
import com.jcraft.jogg.SyncState;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** The pages of an Ogg file (RFC 3533), those of all its streams. */
final class OggPages implements Closeable {
  private static final int READ_BYTES = 1 << 13;

  private final InputStream in;
  private final SyncState sync = new SyncState();
  private final Page page = new Page();
  private int damaged;

  OggPages(InputStream in) {
    this.in = in;
    sync.init();
  }

  /** The next page, valid until the next call; null at the end of the file. */
  Page next() throws IOException {
    for (int result; (result = sync.pageout(page)) != 1; ) {
      if (result < 0) {
        damaged++;
        continue;
      }
      int at = sync.buffer(READ_BYTES);
      int n = in.read(sync.data, at, READ_BYTES);
      if (n < 0) {
        return null;
      }
      sync.wrote(n);
    }
    return page;
  }

  /** How often bytes had to be skipped up to the next page. */
  int damaged() {
    return damaged;
  }

  static boolean startsVorbis(Page page) {
    return new String(page.body_base, page.body, Math.min(7, page.body_len), ISO_8859_1)
        .equals("\1vorbis");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
