package io.earshot.producer.source;

import io.earshot.producer.convert.SampleFormat;
import java.io.IOException;
import java.util.Locale;

/** Raw PCM. A last frame that is not whole is dropped. */
public final class FedPcm implements FedDecoder {
  private final AudioShape shape;
  private final SampleFormat encoding;
  private final String format;
  private final Listener listener;
  private final int frameBytes;
  private float[] samples = new float[0];
  private long position;
  private boolean begun;

  public FedPcm(AudioShape shape, SampleFormat encoding, Listener listener) {
    this(shape, encoding, name(encoding), listener);
  }

  FedPcm(AudioShape shape, SampleFormat encoding, String format, Listener listener) {
    this.shape = shape;
    this.encoding = encoding;
    this.format = format;
    this.listener = listener;
    this.frameBytes = encoding.bytes() * shape.channels();
  }

  static String name(SampleFormat encoding) {
    return encoding.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int feed(byte[] bytes, int count, boolean last) throws IOException {
    if (!begun) {
      begun = true;
      listener.begins(shape, format);
    }
    int frames = count / frameBytes;
    if (frames > 0) {
      decode(bytes, frames);
    }
    return last ? count : frames * frameBytes;
  }

  /** So many frames are missing before what follows. */
  public void skip(long frames) {
    position += frames;
  }

  private void decode(byte[] bytes, int frames) throws IOException {
    int count = frames * shape.channels();
    if (samples.length < count) {
      samples = new float[count];
    }
    encoding.decode(bytes, 0, samples, 0, count);
    listener.sound(position, samples, frames);
    position += frames;
  }
}
