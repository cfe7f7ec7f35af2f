package io.earshot.producer.source;

import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.Obuffer;

/**
 * Frames of MPEG audio to sound, by JLayer, with the silence cut off that the encoder says it put
 * around it. One thread.
 */
final class MpegSound {
  /** JLayer's full scale: the factor that its Decoder gives its synthesis filter. */
  private static final float FULL_SCALE = 32_700;

  private final Decoder decoder = new Decoder();
  private final MpegHeader form;
  private final PendingSamples pending = new PendingSamples();
  private final Block block = new Block();
  private long toSkip;

  /** Sound that is yet to come, as far as the encoder has said it; else very much. */
  private long framesLeft = Long.MAX_VALUE;

  private int damagedFrames;

  /**
   * A decoder that has heard nothing yet.
   *
   * @param form what all its frames are like
   */
  MpegSound(MpegHeader form) {
    this.form = form;
    decoder.setOutputBuffer(block);
  }

  int rate() {
    return form.rate();
  }

  int channels() {
    return form.channels();
  }

  /** What was decoded and nobody has taken yet. */
  PendingSamples pending() {
    return pending;
  }

  int damaged() {
    return damagedFrames;
  }

  /** From here on the sound is as long as that note says. */
  void trimBy(MpegInfo info) {
    toSkip = info.skipAtStart();
    framesLeft = info.totalFrames() < 0 ? Long.MAX_VALUE : info.totalFrames();
  }

  void decode(Header header, Bitstream bits) throws AudioException {
    int channels = header.mode() == Header.SINGLE_CHANNEL ? 1 : 2;
    if (channels != channels() || header.frequency() != rate()) {
      throw new AudioException("the rate or the number of channels changes inside");
    }
    block.begin();
    try {
      decoder.decodeFrame(header, bits);
    } catch (DecoderException | RuntimeException e) {
      // JLayer is other people's: on what is damaged it also throws what it should not.
      damagedFrames++; // stays silent, so that what follows keeps its time
    }
    trim();
  }

  private void trim() {
    int frames = form.samples();
    int skipped = (int) Math.min(toSkip, frames);
    toSkip -= skipped;
    pending.dropFirst(skipped * channels());
    int kept = (int) Math.min(framesLeft, frames - skipped);
    pending.dropLast((frames - skipped - kept) * channels());
    if (framesLeft != Long.MAX_VALUE) {
      framesLeft -= kept;
    }
  }

  /** Takes the decoder's floats; its own buffer would round and clip them to 16 bits. */
  private final class Block extends Obuffer {
    private final int[] at = new int[2];

    void begin() {
      int start = pending.extend(form.samples() * channels());
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
