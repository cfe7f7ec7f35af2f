package io.earshot.producer.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A way to write a sample as bytes, and back to a float in [-1, 1): integers are divided by half of
 * their range, floats stay as they are.
 *
 * <pre>
 * SampleFormat format = SampleFormat.S24LE;
 * float[] samples = new float[bytes.length / format.bytes()];
 * format.decode(bytes, 0, samples, 0, samples.length);
 * </pre>
 */
public enum SampleFormat {
  U8(1),
  S8(1),
  S16LE(2),
  S16BE(2),
  S24LE(3),
  S24BE(3),
  S32LE(4),
  S32BE(4),
  F32LE(4),
  F32BE(4),
  F64LE(8),
  F64BE(8),
  ALAW(1),
  ULAW(1);

  private final int bytes;

  SampleFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one sample. */
  public int bytes() {
    return bytes;
  }

  /** Decodes {@code samples} samples from {@code in[from..]} to {@code out[at..]}. */
  public void decode(byte[] in, int from, float[] out, int at, int samples) {
    ByteBuffer buffer = ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples; i++) {
      out[at + i] = sample(buffer, from + i * bytes);
    }
  }

  private float sample(ByteBuffer b, int at) {
    return switch (this) {
      case U8 -> ((b.get(at) & 0xff) - 128) / 128f;
      case S8 -> b.get(at) / 128f;
      case S16LE -> b.getShort(at) / 32768f;
      case S16BE -> Short.reverseBytes(b.getShort(at)) / 32768f;
      case S24LE -> int24(b.get(at + 2), b.get(at + 1), b.get(at)) / 8388608f;
      case S24BE -> int24(b.get(at), b.get(at + 1), b.get(at + 2)) / 8388608f;
      case S32LE -> int32(b.getInt(at));
      case S32BE -> int32(Integer.reverseBytes(b.getInt(at)));
      case F32LE -> b.getFloat(at);
      case F32BE -> Float.intBitsToFloat(Integer.reverseBytes(b.getInt(at)));
      case F64LE -> (float) b.getDouble(at);
      case F64BE -> (float) Double.longBitsToDouble(Long.reverseBytes(b.getLong(at)));
      case ALAW -> Companding.alaw(b.get(at)) / 32768f;
      case ULAW -> Companding.ulaw(b.get(at)) / 32768f;
    };
  }

  private static int int24(byte high, byte middle, byte low) {
    return (high << 16) | ((middle & 0xff) << 8) | (low & 0xff);
  }

  private static float int32(int sample) {
    // A float has 24 bits: without cutting the rest first, the largest value would round up to 1.
    return (sample >> 8) / 8388608f;
  }
}
