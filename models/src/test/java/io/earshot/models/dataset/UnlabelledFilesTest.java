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
  void soundsOfAllFoldersAreDealtInTurn() throws Exception {
    new Tree(root)
        .file("b.wav")
        .file("deep/er/a.mp3")
        .file("c.flac")
        .file("notes.txt")
        .file(".d.wav");
    List<LabelledFile> files = UnlabelledFiles.in(root, 2);
    assertThat(Tree.names(files)).containsExactly("b.wav", "c.flac", "deep/er/a.mp3");
    assertThat(files).extracting(LabelledFile::fold).containsExactly(1, 2, 1);
    assertThat(files).allMatch(file -> file.labels().isEmpty());
    assertThat(files).extracting(LabelledFile::recording).doesNotHaveDuplicates();
    assertThat(files.get(2).file()).isEqualTo(root.resolve("deep/er/a.mp3"));
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
