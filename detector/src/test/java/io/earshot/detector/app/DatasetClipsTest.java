package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.dataset.Dataset;
import io.earshot.models.dataset.DatasetOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetClipsTest {
  @TempDir Path folder;

  private final List<String> complaints = new ArrayList<>();

  @BeforeEach
  void fiveClipsOfEach() throws Exception {
    for (String label : List.of("cat", "dog", "puppy")) {
      Path clips = Files.createDirectory(folder.resolve(label));
      for (int i = 1; i <= 5; i++) {
        byte[] pcm = new byte[2 * 1_000 * i];
        Files.write(clips.resolve(i + "-" + label + ".wav"), TestWav.mono16k(pcm));
      }
    }
  }

  @Test
  void clipsOfTwoLabelsThatAreOneToTheModelAreOne() throws Exception {
    DatasetClips clips = clips();
    assertThat(clips.labels()).containsExactly("Cat", "Dog");
    assertThat(clips.count("Cat")).isEqualTo(5);
    assertThat(clips.count("Dog")).isEqualTo(10);
    assertThat(clips.samples("Cat", 2)).hasSize(3_000);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aClipThatCannotBeReadIsNamedAndEmpty() throws Exception {
    Path broken = folder.resolve("cat/1-cat.wav");
    Files.writeString(broken, "no sound");
    assertThat(clips().samples("Cat", 0)).isEmpty();
    assertThat(complaints).singleElement().asString().startsWith(broken.toString());
  }

  private DatasetClips clips() throws Exception {
    return new DatasetClips(
        Dataset.read(folder, DatasetOptions.standard()),
        Map.of("cat", "Cat", "dog", "Dog", "puppy", "Dog"),
        complaints::add);
  }
}
