package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedDatasetTest {
  @TempDir Path root;
  private Dataset dataset;

  @BeforeEach
  void read() throws Exception {
    dataset = new Tree(root).clips("cat", 6).clips("dog", 6).clips("background", 2).read();
  }

  @Test
  void theFileThatStaysHasTheLabelsOfAll() throws Exception {
    Dataset merged =
        dataset.merged(Map.of("dog/1.wav", "cat/1.wav", "background/1.wav", "cat/1.wav"));
    merged.check();
    assertThat(merged.files()).hasSize(11);
    assertThat(merged.files().get(0).name()).isEqualTo("cat/1.wav");
    assertThat(merged.files().get(0).labels()).containsExactly("cat", "dog");
    assertThat(merged.files().get(1).labels()).containsExactly("cat");
    assertThat(Tree.names(merged.background())).containsExactly("background/2.wav");
    assertThat(merged.labels()).isEqualTo(List.of("cat", "dog"));
  }

  @Test
  void copiesWithinAClassAreCountedOnce() {
    Map<String, String> copies =
        Map.of("cat/2.wav", "cat/1.wav", "cat/3.wav", "cat/1.wav", "cat/4.wav", "cat/1.wav");
    assertThatThrownBy(() -> dataset.merged(copies).check())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("class cat has 3");
  }
}
