package io.earshot.detector.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** WAV files for tests. */
final class TestWav {
  private TestWav() {}

  /** A WAV file of s16le samples, 16 kHz mono. */
  static byte[] mono16k(byte[] pcm) throws IOException {
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(pcm), format, pcm.length / 2),
        AudioFileFormat.Type.WAVE,
        file);
    return file.toByteArray();
  }
}
