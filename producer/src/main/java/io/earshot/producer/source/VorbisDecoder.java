package io.earshot.producer.source;

import com.jcraft.jogg.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Ogg Vorbis from a file: all its streams must be alike. */
final class VorbisDecoder implements AudioDecoder {
  private static final int READ_BYTES = 1 << 13;

  private final InputStream in;
  private final byte[] bytes = new byte[READ_BYTES];
  private final OggPages pages = new OggPages();
  private final VorbisSound sound = new VorbisSound();
  private int rate;
  private int channels;

  private VorbisDecoder(InputStream in) {
    this.in = in;
  }

  static VorbisDecoder open(InputStream in) throws IOException {
    VorbisDecoder decoder = new VorbisDecoder(in);
    while (!decoder.sound.hasBegun()) {
      if (!decoder.takePage()) {
        throw new AudioException("the Vorbis headers are damaged or cut short");
      }
    }
    decoder.rate = decoder.sound.rate();
    decoder.channels = decoder.sound.channels();
    return decoder;
  }

  @Override
  public int rate() {
    return rate;
  }

  @Override
  public int channels() {
    return channels;
  }

  /** Only the last page tells. */
  @Override
  public long totalFrames() {
    return -1;
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (sound.pending().isEmpty()) {
      if (!takePage()) {
        return -1;
      }
      if (sound.rate() != rate || sound.channels() != channels) {
        throw new AudioException("the rate or the number of channels changes inside");
      }
      sound.pending().prependSilence((int) sound.gap() * channels);
    }
    return sound.pending().moveTo(interleaved, channels);
  }

  /** False at the end of the file. */
  private boolean takePage() throws IOException {
    Page page;
    while ((page = pages.next()) == null) {
      int n = in.read(bytes);
      if (n < 0) {
        return false;
      }
      pages.add(bytes, n);
    }
    sound.take(page);
    return true;
  }

  @Override
  public Optional<String> complaint() {
    if (!sound.isWhole()) {
      return Optional.of("cut short: the stream's last page is missing");
    }
    return sound.damaged() + pages.damaged() > 0
        ? Optional.of("damaged: some Vorbis packets are missing")
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
