package io.earshot.producer.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** Sound that waits until its capture time is known. One thread. */
final class HeldSound {
  /** Takes sound as {@link SoundLine#add} does. */
  interface Taker {
    void take(long position, float[] interleaved, int count) throws IOException;
  }

  /** What is yet to be done with a taker. */
  private interface Block {
    void handTo(Taker taker) throws IOException;
  }

  private final int channels;
  private final Queue<Block> blocks = new ArrayDeque<>();
  private long frames;

  HeldSound(int channels) {
    this.channels = channels;
  }

  void add(long position, float[] interleaved, int count) {
    float[] copy = Arrays.copyOf(interleaved, count * channels);
    blocks.add(taker -> taker.take(position, copy, count));
    frames += count;
  }

  /** Frames that wait. */
  long frames() {
    return frames;
  }

  /** Samples that wait, of all channels. */
  long samples() {
    return frames * channels;
  }

  /** Hands all on, in order. */
  void release(Taker taker) throws IOException {
    for (Block block; (block = blocks.poll()) != null; ) {
      block.handTo(taker);
    }
    frames = 0;
  }
}
