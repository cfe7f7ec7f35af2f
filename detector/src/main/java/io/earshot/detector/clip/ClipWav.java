package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * A clip as a WAV file: s16le, 16 kHz, mono. It is made while it is read, so that any number of
 * readers need no more memory than the clip. Any thread.
 */
public final class ClipWav {
  private static final AudioFormat FORMAT = new AudioFormat(Frame.RATE, 16, 1, true, false);

  private final short[] samples;
  private final byte[] header;

  public ClipWav(Clip clip) {
    samples = clip.samples();
    header = header(samples.length);
  }

  /** Of the file, in bytes. */
  public int length() {
    return header.length + 2 * samples.length;
  }

  /**
   * Some of the file.
   *
   * @param from its first byte
   * @param to the one after its last
   */
  public InputStream read(int from, int to) {
    return new Reader(from, to);
  }

  /** The file. */
  public static byte[] of(Clip clip) {
    ClipWav wav = new ClipWav(clip);
    try (InputStream all = wav.read(0, wav.length())) {
      return all.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private byte at(int index) {
    int pcm = index - header.length;
    return pcm < 0 ? header[index] : (byte) (samples[pcm / 2] >> (pcm % 2 * 8));
  }

  /**
   * The library believes the length that it is told, and so writes what stands before the sound.
   */
  private static byte[] header(int samples) {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (AudioInputStream sound =
        new AudioInputStream(InputStream.nullInputStream(), FORMAT, samples)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, header);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return header.toByteArray();
  }

  private final class Reader extends InputStream {
    private final int to;
    private int next;

    Reader(int from, int to) {
      next = from;
      this.to = to;
    }

    @Override
    public int read() {
      return next < to ? at(next++) & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = Math.min(length, to - next);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = at(next++);
      }
      return count > 0 || length == 0 ? count : -1;
    }
  }
}
