package io.earshot.models.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.dataset.DatasetException;
import io.earshot.models.dataset.LabelledFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationClipsTest {
  @TempDir Path folder;

  private void touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }

  private static List<String> names(List<LabelledFile> files) {
    return files.stream().map(LabelledFile::name).toList();
  }

  @Test
  void theFirstFoldOfADataSetIsHeldOut() throws Exception {
    for (int fold = 1; fold <= 4; fold++) {
      for (int i = 0; i < 2; i++) {
        touch("dog/%d-%d0%d-A.wav".formatted(fold, fold, i));
        touch("cat/%d-%d5%d-A.wav".formatted(fold, fold, i));
      }
    }
    CalibrationClips clips = CalibrationClips.in(folder);
    assertThat(clips.labels()).containsExactly("cat", "dog");
    assertThat(names(clips.heldOut()))
        .containsExactlyInAnyOrder(
            "cat/1-150-A.wav", "cat/1-151-A.wav", "dog/1-100-A.wav", "dog/1-101-A.wav");
    assertThat(clips.calibration()).hasSize(12);
  }

  @Test
  void aFifthOfFilesWithoutLabelsIsHeldOut() throws Exception {
    for (int i = 0; i < 20; i++) {
      touch("recording%02d.wav".formatted(i));
    }
    CalibrationClips clips = CalibrationClips.in(folder);
    assertThat(clips.labels()).isEmpty();
    assertThat(names(clips.heldOut()))
        .containsExactly(
            "recording00.wav", "recording01.wav", "recording02.wav", "recording03.wav");
    assertThat(clips.calibration()).hasSize(16);
  }

  @Test
  void nineFilesAreTooFew() throws Exception {
    for (int i = 0; i < 9; i++) {
      touch("recording%02d.wav".formatted(i));
    }
    assertThatThrownBy(() -> CalibrationClips.in(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessage(folder + ": 9 sound files, at least 10 are needed");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> CalibrationClips.in(missing))
        .isInstanceOf(DatasetException.class)
        .hasMessage(missing + ": no such folder");
  }

  @Test
  void someOfManyAreTakenFromAllOver() {
    List<Integer> all = IntStream.range(0, 10).boxed().toList();
    // The middle of each fifth; a clip of which one patch is taken need not begin with sound.
    assertThat(Evenly.of(all, 5)).containsExactly(1, 3, 5, 7, 9);
    assertThat(Evenly.of(all, 1)).containsExactly(5);
    assertThat(Evenly.of(all, 10)).isEqualTo(all);
  }
}
