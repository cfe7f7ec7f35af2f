package io.earshot.producer.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.Header;

/**
 * MPEG audio: MP3, also layers 1 and 2. Silence is cut off where the encoder has noted it, as in a
 * file; a broadcast has no such note, and who joins it hears up to two frames of silence first,
 * because an MP3's frames need some of those before. Where frames of another form follow, so does
 * another session.
 */
public final class FedMpeg implements FedDecoder, MpegFrames.Listener {
  private static final long PATIENCE_BYTES = 1 << 16;

  private final Listener listener;
  private final MpegFrames frames;
  private final OneFrame frame = new OneFrame();
  private AudioShape shape;
  private MpegSound sound;
  private Bitstream bits;
  private float[] samples = new float[0];
  private long position;
  private int damaged;

  /** MPEG frames that the encoder's note is about. */
  private long notedFrames;

  public FedMpeg(Listener listener) {
    this(listener, PATIENCE_BYTES);
  }

  FedMpeg(Listener listener, long patienceBytes) {
    this.listener = listener;
    this.frames = new MpegFrames(this, patienceBytes);
  }

  @Override
  public int feed(byte[] bytes, int count, boolean last) throws IOException {
    return frames.feed(bytes, count, last);
  }

  @Override
  public void begins(MpegHeader form, boolean again) throws IOException {
    AudioShape next = new AudioShape(form.rate(), form.channels());
    if (!next.equals(shape)) {
      shape = next;
      position = 0;
      listener.begins(shape, form.layer() == 3 ? "MP3" : "MPEG layer " + form.layer());
    }
    if (again) {
      listener.damaged();
    }
    sound = new MpegSound(form);
    bits = new Bitstream(frame);
    damaged = 0;
    notedFrames = 0;
  }

  @Override
  public void frame(byte[] bytes, int at, int limit, MpegHeader header) throws IOException {
    MpegInfo info = MpegInfo.read(bytes, at, limit, header);
    if (info.present()) {
      sound.trimBy(info);
      notedFrames = info.mpegFrames();
      return;
    }
    frame.set(bytes, at, header.bytes());
    decode();
    if (notedFrames > 0 && --notedFrames == 0) {
      sound.trimBy(MpegInfo.NONE); // what follows is another file's, or somebody's who has no note
    }
  }

  private void decode() throws IOException {
    try {
      Header header = bits.readFrame();
      if (header == null) {
        listener.damaged();
        return;
      }
      sound.decode(header, bits);
      bits.closeFrame();
    } catch (BitstreamException e) {
      bits.closeFrame();
      listener.damaged();
    }
    tell();
  }

  private void tell() throws IOException {
    for (; damaged < sound.damaged(); damaged++) {
      listener.damaged();
    }
    int count = sound.pending().size();
    if (count > 0) {
      if (samples.length < count) {
        samples = new float[count];
      }
      sound.pending().moveTo(samples, shape.channels());
      int heard = count / shape.channels();
      listener.sound(position, samples, heard);
      position += heard;
    }
  }

  /** What JLayer reads: the bytes of one frame, then of the next. */
  private static final class OneFrame extends ByteArrayInputStream {
    OneFrame() {
      super(new byte[0]);
    }

    void set(byte[] bytes, int at, int length) {
      buf = bytes;
      pos = at;
      count = at + length;
    }
  }
}
