package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, as a caller sees it. */
class DatasetTest {

  @TempDir Path folder;

  @Test
  void esc10IsReadWithItsFoldsAndRecordings() throws Exception {
    Dataset dataset =
        Dataset.read(SharedData.file("audio/esc10"), DatasetOptions.standard().withFolds(7));
    assertThat(dataset.files()).hasSize(320);
    assertThat(dataset.labels())
        .containsExactly(
            "baby_cry",
            "chainsaw",
            "clock_tick",
            "dog_bark",
            "fire_crackling",
            "helicopter",
            "person_sneeze",
            "rain",
            "rooster",
            "sea_waves");
    assertThat(dataset.files())
        .allSatisfy(
            file -> assertThat(file.fileName()).startsWith(file.fold() + "-" + file.recording()));
    assertThat(Folds.folds(dataset.files())).containsExactly(1, 2, 3, 4);
    assertThat(Tree.foldsOfRecordings(dataset.files())).allMatch(folds -> folds.size() == 1);
    assertThat(dataset.background()).isEmpty();
    assertThat(dataset.notes())
        .containsExactly("Folds: the 4 in the files' names, as in 1-100032-A");
  }

  @Test
  void filesAreSortedByNameAndNamedBelowTheFolder() throws Exception {
    Dataset dataset =
        new Tree(folder).clips("dog/park", 5).clips("dog/home", 5).clips("cat", 5).read();
    assertThat(Tree.names(dataset.files())).isSorted().contains("cat/1.wav", "dog/park/5.wav");
    assertThat(dataset.files().get(0).file()).isEqualTo(folder.resolve("cat/1.wav"));
    assertThat(dataset.files().get(0).labels()).containsExactly("cat");
  }

  @Test
  void backgroundIsNoClassAndIsDealtInTurn() throws Exception {
    Dataset dataset =
        new Tree(folder).clips("dog", 5).clips("cat", 5).clips("background", 10).read();
    assertThat(dataset.labels()).containsExactly("cat", "dog");
    assertThat(dataset.files()).hasSize(10);
    assertThat(dataset.background()).hasSize(10).allMatch(file -> file.labels().isEmpty());
    assertThat(dataset.background().stream().map(LabelledFile::fold).sorted())
        .containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
  }

  @Test
  void whatIsSkippedIsGoneAndTheRestIsDealtAnew() throws Exception {
    Dataset dataset = new Tree(folder).clips("dog", 9).clips("cat", 8).read();
    Set<Path> gone = new HashSet<>();
    for (int clip = 1; clip <= 4; clip++) {
      gone.add(folder.resolve("dog/" + clip + ".wav"));
    }
    Dataset rest = dataset.without(gone);
    rest.check();
    assertThat(rest.files()).hasSize(13).noneMatch(file -> gone.contains(file.file()));
    List<LabelledFile> dogs =
        rest.files().stream().filter(file -> file.labels().contains("dog")).toList();
    assertThat(dogs.stream().map(LabelledFile::fold)).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(dataset.files()).hasSize(17);
  }

  @Test
  void theSameFilesGiveTheSameFolds() throws Exception {
    Tree tree = new Tree(folder).clips("dog", 17).clips("cat", 8).clips("background", 9);
    Dataset one = tree.read();
    Dataset other = tree.read();
    assertThat(one.files()).isEqualTo(other.files());
    assertThat(one.background()).isEqualTo(other.background());
  }

  @Test
  void hiddenFilesAndOtherFilesArePassedOver() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("a.WAV", "b.aif", "c.AIFF", "d.au", "e.Ogg", "f.mp3", "g.flac"))
            .clips(
                "dog", List.of(".DS_Store", "._a.wav", "notes.txt", "a.json", "wav", ".old/x.wav"))
            .clips("cat", 5)
            .clips(".git", 5)
            .read();
    assertThat(dataset.labels()).containsExactly("cat", "dog");
    assertThat(dataset.files()).hasSize(12);
  }

  @Test
  void linkedFoldersAreFollowedAndALoopEnds() throws Exception {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    new Tree(elsewhere).clips("dogs/more", 5);
    Tree tree = new Tree(folder.resolve("data")).clips("cat", 5);
    Files.createSymbolicLink(folder.resolve("data/dog"), elsewhere.resolve("dogs"));
    Files.createSymbolicLink(folder.resolve("data/cat/loop"), folder.resolve("data/cat"));
    assertThat(Tree.names(tree.read().files())).hasSize(10).contains("dog/more/1.wav");
  }

  @Test
  void looseSoundFilesAreNoted() throws Exception {
    Dataset dataset =
        new Tree(folder).clips("dog", 5).clips("cat", 5).file("1.wav").file("2.wav").read();
    assertThat(dataset.notes())
        .contains("Passed over: 2 sound files in " + folder + " itself, in no class's folder");
  }
}
