package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledFilesTest {
  @TempDir Path root;

  @Test
  void soundsOfAllFoldersAreDividedByTheirPlaceInTheFolder() throws Exception {
    new Tree(root)
        .file("b.wav")
        .file("deep/er/a.mp3")
        .file("c.flac")
        .file("notes.txt")
        .file(".d.wav");
    List<LabelledFile> files = UnlabelledFiles.in(root, 2);
    // b is at 0 of 2 in its folder, a at 0 of 1, c at 1 of 2.
    assertThat(Tree.names(files)).containsExactly("b.wav", "deep/er/a.mp3", "c.flac");
    assertThat(files).extracting(LabelledFile::fold).containsExactly(1, 1, 2);
    assertThat(files).allMatch(file -> file.labels().isEmpty());
    assertThat(files).extracting(LabelledFile::recording).doesNotHaveDuplicates();
    assertThat(files.get(1).file()).isEqualTo(root.resolve("deep/er/a.mp3"));
  }

  @Test
  void neighboursShareAFoldAndEveryFolderIsInAllOfThem() throws Exception {
    new Tree(root).clips("night1", 10).clips("night2", 10);
    List<LabelledFile> files = UnlabelledFiles.in(root, 5);
    for (String night : List.of("night1/", "night2/")) {
      assertThat(files)
          .filteredOn(file -> file.name().startsWith(night))
          .extracting(LabelledFile::fold)
          .containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    }
  }

  @Test
  void fewerThanTheFoldsAreRefused() {
    new Tree(root).clips("some", 4);
    assertThatThrownBy(() -> UnlabelledFiles.in(root, 5))
        .isInstanceOf(DatasetException.class)
        .hasMessage(root + ": 4 sound files, at least 5 are needed");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path nowhere = root.resolve("nowhere");
    assertThatThrownBy(() -> UnlabelledFiles.in(nowhere, 5))
        .isInstanceOf(DatasetException.class)
        .hasMessage(nowhere + ": no such folder");
  }
}
