package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.train.TrainingClip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFoldersTest {
  @TempDir Path folder;
  private final ClipFolders folders = new ClipFolders(read -> {});

  private Path clip(String name, int samples) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, TestWav.mono16k(new byte[2 * samples]));
  }

  @Test
  void aFolderIsAClassAndTheNameBeginsWithTheFold() throws Exception {
    clip("dog/1-100-A.wav", 16_000);
    clip("dog/12-7-A.wav", 8_000);
    clip("cat/2-100-A.wav", 16_000);
    Files.writeString(folder.resolve("dog/credits.txt"), "thanks");
    List<TrainingClip> clips = folders.classes(folder);
    assertThat(clips).extracting(TrainingClip::label).containsExactly("cat", "dog", "dog");
    assertThat(clips).extracting(TrainingClip::fold).containsExactly(2, 1, 12);
    assertThat(clips).extracting(TrainingClip::seconds).containsExactly(1.0, 1.0, 0.5);
  }

  @Test
  void whatOnePersonSaysStaysInOneFold() throws Exception {
    for (String name : List.of("0_ann_1", "7_ann_2", "0_bob_1", "0_eve_1", "1_eve_1")) {
      clip(name + ".wav", 100);
    }
    List<TrainingClip> clips = folders.oneClass("speech", folder, List.of(3, 4));
    // Names in order: 0_ann, 0_bob, 0_eve, 1_eve, 7_ann; the groups ann, bob, eve take 3, 4, 3.
    assertThat(clips).extracting(TrainingClip::fold).containsExactly(3, 4, 3, 3, 3);
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    Path nameless = clip("dog/bark.wav", 100);
    assertThatThrownBy(() -> folders.classes(folder))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(nameless + ": the name does not begin with a fold");
    Files.delete(nameless);
    Path empty = clip("dog/1-1-A.wav", 0);
    assertThatThrownBy(() -> folders.classes(folder)).hasMessageStartingWith(empty + ": ");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> folders.classes(none)).hasMessage(none + ": no such folder");
    assertThatThrownBy(() -> folders.oneClass("x", folder.resolve("dog"), List.of(1)))
        .hasMessageContaining("two are needed to judge by");
  }

  @Test
  void aClipIsReadAsTheDetectorWouldGetIt() throws Exception {
    Path dog = Shared.path("golden/dog.wav");
    byte[] wav = Files.readAllBytes(dog);
    // 16 kHz mono s16le after a header: the samples are the file's last 160,032 bytes.
    byte[] pcm = Arrays.copyOfRange(wav, wav.length - 2 * 80_016, wav.length);
    float[] samples = ClipReader.read(dog);
    assertThat(samples).hasSize(80_016);
    for (int i = 0; i < samples.length; i++) {
      short sample = (short) ((pcm[2 * i] & 0xff) | pcm[2 * i + 1] << 8);
      assertThat(samples[i]).isEqualTo(sample / 32768f);
    }
  }
}
