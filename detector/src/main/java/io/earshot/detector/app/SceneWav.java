package io.earshot.detector.app;

import io.earshot.models.synth.Sound;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A made scene as a WAV file: s16le, 16 kHz, mono. */
final class SceneWav {
  private static final AudioFormat FORMAT = new AudioFormat(Sound.SAMPLE_RATE, 16, 1, true, false);

  private SceneWav() {}

  /**
   * @param samples in [-1, 1]
   * @throws UserException if the file cannot be written
   */
  static void write(float[] samples, Path file) throws UserException {
    ByteBuffer pcm = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      pcm.putShort((short) Math.round(sample * Short.MAX_VALUE));
    }
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(pcm.array()), FORMAT, samples.length)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
    } catch (IOException e) {
      throw UserException.failed(file + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
