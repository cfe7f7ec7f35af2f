package io.earshot.producer.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.producer.testing.Shared;
import io.earshot.producer.testing.Sound;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refusal is one line that names the file. */
class BrokenFilesTest {
  @TempDir Path folder;

  @Test
  void whatIsNoFileWithSound() throws Exception {
    assertRefused(folder.resolve("absent.wav"), "no such file");
    assertRefused(folder, "is a directory");
    assertRefused(Files.createFile(folder.resolve("empty.wav")), "is empty");
    assertRefused(
        Files.writeString(folder.resolve("text.wav"), "hello"), "WAV, AIFF, AU, Ogg Vorbis, MP3");
    assertRefused(Files.writeString(folder.resolve("cut.wav"), "RIFF....WAVE"), "header");
    assertRefused(Files.writeString(folder.resolve("cut.flac"), "fLaC"), "");
    assertRefused(Files.writeString(folder.resolve("cut.ogg"), "OggS"), "");
    assertRefused(Files.writeString(folder.resolve("tag.mp3"), "ID3\3\0\0\0\0\0\377abc"), "");
  }

  @Test
  void noiseIsNotTakenForMp3() throws Exception {
    for (int seed = 0; seed < 100; seed++) {
      byte[] noise = new byte[100_000];
      new Random(seed).nextBytes(noise);
      assertRefused(Files.write(folder.resolve("noise.mp3"), noise), "not a sound file");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7999, 4000, 192_001, 384_000})
  void ratesOutOfRange(int rate) throws Exception {
    assertRefused(wav("odd.wav", rate, 1, 100), "%d Hz, allowed: 8000 to 192000".formatted(rate));
  }

  @Test
  void aFileCutInTheMiddleGivesWhatItHas() throws Exception {
    Path whole = wav("whole.wav", 44_100, 2, 44_100);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, 44 + 4 * 1000 + 3));
    Sound sound = Sound.of(cut);
    assertThat(sound.frames()).isEqualTo(1000);
    assertThat(sound.samples())
        .isEqualTo(Arrays.copyOf(Sound.of(whole).samples(), sound.samples().length));
  }

  @Test
  void otherChunksMayComeFirst() throws Exception {
    Path plain = wav("plain.wav", 44_100, 2, 1000);
    byte[] bytes = Files.readAllBytes(plain);
    // Broadcast recorders write kilobytes of notes before the format.
    byte[] notes = new byte[8 + 5000];
    System.arraycopy("bext".getBytes(US_ASCII), 0, notes, 0, 4);
    ByteBuffer.wrap(notes).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 5000);
    ByteBuffer all = ByteBuffer.allocate(bytes.length + notes.length);
    all.put(bytes, 0, 12).put(notes).put(bytes, 12, bytes.length - 12);
    Path noted = Files.write(folder.resolve("noted.wav"), all.array());
    assertThat(Sound.of(noted).samples()).isEqualTo(Sound.of(plain).samples());
  }

  @Test
  void anOggFileCutInTheMiddleGivesWhatItHas() throws Exception {
    Path whole = Shared.files("audio/esc10", ".ogg").get(0);
    byte[] bytes = Files.readAllBytes(whole);
    Sound cut =
        Sound.of(Files.write(folder.resolve("cut.ogg"), Arrays.copyOf(bytes, bytes.length / 2)));
    assertThat(cut.seconds()).isBetween(1.0, 4.5);
    assertThat(cut.samples())
        .isEqualTo(Arrays.copyOf(Sound.of(whole).samples(), cut.samples().length));
  }

  @Test
  void aStoppedSourceEnds() throws Exception {
    try (AudioSource source = FileSource.open(wav("a.wav", 8000, 1, 100), Instant.EPOCH)) {
      assertThat(source.totalFrames()).isEqualTo(100);
      assertThat(source.start()).isEqualTo(Instant.EPOCH);
      assertThat(source.read(new float[10])).isEqualTo(10);
      source.stop();
      assertThat(source.read(new float[10])).isEqualTo(-1);
    }
  }

  static void assertRefused(Path file, String said) {
    assertThatThrownBy(() -> FileSource.open(file, Instant.EPOCH))
        .isInstanceOf(AudioException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(said)
        .hasMessageNotContainingAny("\n", "null");
  }

  private Path wav(String name, int rate, int channels, int frames) throws Exception {
    byte[] pcm = new byte[2 * channels * frames];
    new Random(1).nextBytes(pcm);
    AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
    Path file = folder.resolve(name);
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(pcm), format, frames),
        AudioFileFormat.Type.WAVE,
        file.toFile());
    return file;
  }
}
