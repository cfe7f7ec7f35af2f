package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.Obuffer;

/**
 * MPEG audio (MP3, also layers 1 and 2) by JLayer, with the silence cut off that the encoder says
 * it put around the sound.
 */
final class MpegDecoder implements AudioDecoder {
  /** JLayer's full scale: the factor that its Decoder gives its synthesis filter. */
  private static final float FULL_SCALE = 32_700;

  private final InputStream in;
  private final Bitstream bitstream;
  private final Decoder decoder = new Decoder();
  private final MpegHeader first;
  private final MpegInfo info;
  private final PendingSamples pending = new PendingSamples();
  private final Block block = new Block();
  private long toSkip;
  private long framesLeft;
  private int damagedFrames;
  private boolean infoFrameAhead;

  private MpegDecoder(InputStream in, MpegHeader first, MpegInfo info) {
    this.in = in;
    this.bitstream = new Bitstream(in);
    this.first = first;
    this.info = info;
    this.infoFrameAhead = info.present();
    this.toSkip = info.skipAtStart();
    this.framesLeft = info.totalFrames() < 0 ? Long.MAX_VALUE : info.totalFrames();
    decoder.setOutputBuffer(block);
  }

  /**
   * @param head the first bytes of the stream once more, to look ahead in
   */
  static MpegDecoder open(InputStream in, byte[] head) throws IOException {
    int at = MpegHeader.find(head);
    if (at < 0) {
      throw new AudioException("no MPEG audio frame found");
    }
    in.skipNBytes(at);
    MpegHeader first = MpegHeader.at(head, at);
    return new MpegDecoder(in, first, MpegInfo.read(head, at, first));
  }

  @Override
  public int rate() {
    return first.rate();
  }

  @Override
  public int channels() {
    return first.channels();
  }

  @Override
  public long totalFrames() {
    return info.totalFrames();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (pending.isEmpty()) {
      if (framesLeft == 0 || !decodeFrame()) {
        return -1;
      }
    }
    return pending.moveTo(interleaved, channels());
  }

  /** False at the end. */
  private boolean decodeFrame() throws IOException {
    try {
      Header header = bitstream.readFrame();
      if (header == null) {
        return false;
      }
      if (infoFrameAhead) {
        infoFrameAhead = false; // a frame of silence that carries the encoder's notes
      } else {
        decode(header);
      }
      bitstream.closeFrame();
      return true;
    } catch (BitstreamException e) {
      throw new AudioException("damaged MPEG audio: " + e.getMessage(), e);
    }
  }

  private void decode(Header header) throws AudioException {
    int channels = header.mode() == Header.SINGLE_CHANNEL ? 1 : 2;
    if (channels != channels() || header.frequency() != rate()) {
      throw new AudioException("the rate or the number of channels changes inside");
    }
    block.begin();
    try {
      decoder.decodeFrame(header, bitstream);
    } catch (DecoderException | ArrayIndexOutOfBoundsException e) {
      damagedFrames++; // stays silent, so that what follows keeps its time
    }
    trim();
  }

  private void trim() {
    int frames = first.samples();
    int skipped = (int) Math.min(toSkip, frames);
    toSkip -= skipped;
    pending.dropFirst(skipped * channels());
    int kept = (int) Math.min(framesLeft, frames - skipped);
    pending.dropLast((frames - skipped - kept) * channels());
    if (framesLeft != Long.MAX_VALUE) {
      framesLeft -= kept;
    }
  }

  @Override
  public Optional<String> complaint() {
    if (damagedFrames > 0) {
      return Optional.of("damaged: %d MPEG frames are silent".formatted(damagedFrames));
    }
    return info.totalFrames() >= 0 && framesLeft > 0
        ? Optional.of("cut short: the last %d frames are missing".formatted(framesLeft))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Takes the decoder's floats; its own buffer would round and clip them to 16 bits. */
  private final class Block extends Obuffer {
    private final int[] at = new int[2];

    void begin() {
      int start = pending.extend(first.samples() * channels());
      at[0] = start;
      at[1] = start + 1;
    }

    @Override
    public void appendSamples(int channel, float[] samples) {
      for (float sample : samples) {
        pending.array()[at[channel]] = sample / FULL_SCALE;
        at[channel] += channels();
      }
    }

    @Override
    public void append(int channel, short sample) {
      throw new IllegalStateException("samples come in blocks");
    }

    @Override
    public void write_buffer(int unused) {}

    @Override
    public void close() {}

    @Override
    public void clear_buffer() {}

    @Override
    public void set_stop_flag() {}
  }
}
