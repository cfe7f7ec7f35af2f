package io.earshot.producer.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.producer.testing.Programs;
import io.earshot.producer.testing.Shared;
import io.earshot.producer.testing.Sound;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings as people have them. */
class RealClipsTest {
  @TempDir Path folder;

  @Test
  void everyClipOfEsc10IsAsLongAsItsLastPageSays() throws Exception {
    int fiveSeconds = 0;
    List<Path> clips = Shared.files("audio/esc10", ".ogg");
    assertThat(clips).hasSize(320);
    for (Path clip : clips) {
      Sound sound = Sound.of(clip);
      assertThat(sound.shape()).as(clip.toString()).isEqualTo(new AudioShape(44_100, 1));
      assertThat((long) sound.frames()).as(clip.toString()).isEqualTo(lastGranule(clip));
      if (Math.abs(sound.seconds() - 5) < 0.11) {
        fiveSeconds++;
      }
    }
    // ffprobe too gives 7.24 s, 3.64 s and 7.00 s for the other three.
    assertThat(fiveSeconds).isEqualTo(317);
  }

  @Test
  void vorbisIsWhatFfmpegMakesOfIt() throws Exception {
    List<Path> clips = Shared.files("audio/esc10", ".ogg");
    for (int i = 0; i < clips.size(); i += 16) {
      Path clip = clips.get(i).toAbsolutePath();
      Programs.run(folder, "ffmpeg -v error -y -i " + clip + " -c:a pcm_f32le decoded.wav");
      double difference = Sound.of(clip).largestDifference(Sound.of(folder.resolve("decoded.wav")));
      assertThat(difference).as(clip.toString()).isLessThan(2);
    }
  }

  /** RFC 3533: eight bytes, little-endian, six after the page's beginning. */
  private static long lastGranule(Path clip) throws Exception {
    byte[] bytes = Files.readAllBytes(clip);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong(text.lastIndexOf("OggS") + 6);
  }

  @Test
  void spokenDigitsAndGoldenFilesAreReadWhole() throws Exception {
    List<Path> digits = Shared.files("audio/speech_digits", ".wav");
    assertThat(digits).isNotEmpty();
    for (Path file : digits) {
      assertThat(Sound.of(file).shape()).as(file.toString()).isEqualTo(new AudioShape(8000, 1));
    }
    List<Path> golden = Shared.files("golden", ".wav");
    assertThat(golden).isNotEmpty();
    for (Path file : golden) {
      // 44 bytes of header, 16-bit mono.
      long frames = (Files.size(file) - 44) / 2;
      assertThat(Sound.of(file).shape()).isEqualTo(new AudioShape(16_000, 1));
      assertThat((long) Sound.of(file).frames()).as(file.toString()).isEqualTo(frames);
    }
  }
}
