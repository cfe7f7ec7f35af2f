package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jflac.FLACDecoder;
import org.jflac.frame.Frame;
import org.jflac.metadata.StreamInfo;

/** FLAC by jFLAC; its integers are used as they are, for it packs only some widths into bytes. */
final class FlacDecoder implements AudioDecoder {
  private final InputStream in;
  private final FLACDecoder decoder;
  private final StreamInfo info;
  private final PendingSamples pending = new PendingSamples();
  private long framesRead;
  private int gaps;

  private FlacDecoder(InputStream in, FLACDecoder decoder) {
    this.in = in;
    this.decoder = decoder;
    this.info = decoder.getStreamInfo();
  }

  static FlacDecoder open(InputStream in) throws IOException {
    FLACDecoder decoder = new FLACDecoder(in);
    decoder.readMetadata();
    if (decoder.getStreamInfo() == null) {
      throw new AudioException("the FLAC header is damaged");
    }
    return new FlacDecoder(in, decoder);
  }

  @Override
  public int rate() {
    return info.getSampleRate();
  }

  @Override
  public int channels() {
    return info.getChannels();
  }

  @Override
  public long totalFrames() {
    return info.getTotalSamples() == 0 ? -1 : info.getTotalSamples();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (pending.isEmpty()) {
      Frame frame = decoder.readNextFrame();
      if (frame == null) {
        return -1;
      }
      take(frame);
    }
    return pending.moveTo(interleaved, channels());
  }

  private void take(Frame frame) throws AudioException {
    if (frame.header.channels != channels()) {
      throw new AudioException("the number of channels changes inside");
    }
    fillGap(frame.header.sampleNumber - framesRead);
    float scale = 1f / (1L << (frame.header.bitsPerSample - 1));
    for (int i = 0; i < frame.header.blockSize; i++) {
      for (int channel = 0; channel < channels(); channel++) {
        pending.add(decoder.getChannelData()[channel].getOutput()[i] * scale);
      }
    }
    framesRead += frame.header.blockSize;
  }

  /** A damaged block is dropped by jFLAC, and only the next one's position tells. */
  private void fillGap(long frames) {
    if (frames > 0 && frames <= (long) MAX_GAP_SECONDS * rate()) {
      pending.extend((int) frames * channels());
      framesRead += frames;
      gaps++;
    }
  }

  @Override
  public Optional<String> complaint() {
    if (framesRead < totalFrames()) {
      return Optional.of(
          "cut short or damaged: %d of the %d frames that its header announces"
              .formatted(framesRead, totalFrames()));
    }
    return gaps + decoder.getBadFrames() > 0
        ? Optional.of("damaged: some FLAC blocks are silent")
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
