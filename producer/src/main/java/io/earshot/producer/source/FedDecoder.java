package io.earshot.producer.source;

import java.io.IOException;

/**
 * Decodes sound whose bytes are brought to it, so that nobody has to wait for them.
 *
 * <pre>
 * FedDecoder decoder = new FedPcm(shape, SampleFormat.S16LE, "s16le", listener);
 * int taken = decoder.feed(bytes, count, false);   // the listener hears what they hold
 * </pre>
 *
 * <p>One thread.
 */
public interface FedDecoder {
  /** Takes what was found. */
  interface Listener {
    /**
     * Sound of this form follows. Once, and again where the form changes; positions begin at 0.
     *
     * @param format for people, without rate and channels
     */
    void begins(AudioShape shape, String format) throws IOException;

    /**
     * Some sound.
     *
     * @param position frames since the beginning, missing ones included
     * @param interleaved the listener's until it returns; it may overwrite it
     */
    void sound(long position, float[] interleaved, int frames) throws IOException;

    /** Something could not be decoded and was passed over. */
    void damaged();
  }

  /**
   * Takes {@code bytes[0..count)}, or their beginning. What it leaves it must be given again, in
   * front of what follows.
   *
   * @param last whether nothing follows
   * @return how many it took
   * @throws AudioException if this is not what it decodes, or cannot be: one line for people
   */
  int feed(byte[] bytes, int count, boolean last) throws IOException;
}
