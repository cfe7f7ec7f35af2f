package io.earshot.models.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  @Test
  void everyCopyIsOfTheFirstClipOfItsContent() {
    List<Clip> clips =
        List.of(
            SmallClips.withContent("cat/a", "1", 1, "a", "cat"),
            SmallClips.withContent("cat/b", "2", 1, "b", "cat"),
            SmallClips.withContent("dog/a", "1", 2, "c", "dog"),
            SmallClips.withContent("background/a", "1", 2, "d"));
    assertThat(Duplicates.of(clips)).isEqualTo(Map.of("dog/a", "cat/a", "background/a", "cat/a"));
  }

  @Test
  void clipsOfDifferentContentAreNoCopies() {
    assertThat(Duplicates.of(List.of(SmallClips.clip("a", 1, "r"), SmallClips.clip("b", 1, "r"))))
        .isEmpty();
  }
}
