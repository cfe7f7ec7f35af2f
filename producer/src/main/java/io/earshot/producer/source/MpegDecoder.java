package io.earshot.producer.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Header;

/** MPEG audio from a file: MP3, also layers 1 and 2. */
final class MpegDecoder implements AudioDecoder {
  private final InputStream in;
  private final Bitstream bitstream;
  private final MpegInfo info;
  private final MpegSound sound;
  private boolean infoFrameAhead;

  private MpegDecoder(InputStream in, MpegHeader first, MpegInfo info) {
    this.in = in;
    this.bitstream = new Bitstream(in);
    this.info = info;
    this.infoFrameAhead = info.present();
    this.sound = new MpegSound(first);
    sound.trimBy(info);
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
    return sound.rate();
  }

  @Override
  public int channels() {
    return sound.channels();
  }

  @Override
  public long totalFrames() {
    return info.totalFrames();
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    while (sound.pending().isEmpty()) {
      if (sound.framesLeft() == 0 || !decodeFrame()) {
        return -1;
      }
    }
    return sound.pending().moveTo(interleaved, channels());
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
        sound.decode(header, bitstream);
      }
      bitstream.closeFrame();
      return true;
    } catch (BitstreamException e) {
      throw new AudioException("damaged MPEG audio: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<String> complaint() {
    if (sound.damaged() > 0) {
      return Optional.of("damaged: %d MPEG frames are silent".formatted(sound.damaged()));
    }
    return info.totalFrames() >= 0 && sound.framesLeft() > 0
        ? Optional.of("cut short: the last %d frames are missing".formatted(sound.framesLeft()))
        : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
