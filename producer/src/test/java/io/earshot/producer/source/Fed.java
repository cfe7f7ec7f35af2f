package io.earshot.producer.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** What a decoder makes of bytes, given in pieces. */
final class Fed implements FedDecoder.Listener {
  final List<String> begun = new ArrayList<>();
  AudioShape shape;
  long skipped;
  int damaged;
  private float[] samples = new float[1 << 16];
  private int filled;
  private long next;

  /** Feeds pieces as long as that. */
  static Fed of(Function<FedDecoder.Listener, FedDecoder> decoder, byte[] bytes, IntSupplier piece)
      throws IOException {
    Fed fed = new Fed();
    FedDecoder open = decoder.apply(fed);
    byte[] buffer = new byte[bytes.length + 1];
    int held = 0;
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(bytes.length - at, piece.getAsInt());
      System.arraycopy(bytes, at, buffer, held, count);
      at += count;
      held += count;
      int taken = open.feed(buffer, held, at == bytes.length);
      held -= taken;
      System.arraycopy(buffer, taken, buffer, 0, held);
      // What is behind the known bytes must not matter.
      Arrays.fill(buffer, held, Math.min(buffer.length, held + 2000), (byte) 0xff);
    }
    return fed;
  }

  float[] samples() {
    return Arrays.copyOf(samples, filled);
  }

  @Override
  public void begins(AudioShape itsShape, String format) {
    shape = itsShape;
    begun.add(format);
    next = 0;
  }

  @Override
  public void sound(long position, float[] interleaved, int frames) {
    skipped += position - next;
    next = position + frames;
    int count = frames * shape.channels();
    if (filled + count > samples.length) {
      samples = Arrays.copyOf(samples, 2 * (filled + count));
    }
    System.arraycopy(interleaved, 0, samples, filled, count);
    filled += count;
    Arrays.fill(interleaved, 9); // the listener may
  }

  @Override
  public void damaged() {
    damaged++;
  }
}
