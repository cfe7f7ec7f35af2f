package io.earshot.detector.clip;

import io.earshot.producer.frame.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A clip as a WAV file: s16le, 16 kHz, mono. */
public final class ClipWav {
  private static final AudioFormat FORMAT = new AudioFormat(Frame.RATE, 16, 1, true, false);

  private ClipWav() {}

  public static byte[] of(Clip clip) {
    short[] samples = clip.samples();
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    pcm.asShortBuffer().put(samples);
    ByteArrayOutputStream wav = new ByteArrayOutputStream(pcm.capacity() + 64);
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(pcm.array()), FORMAT, samples.length)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, wav);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return wav.toByteArray();
  }
}
