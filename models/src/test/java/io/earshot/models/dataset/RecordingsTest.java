package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which clips are of one recording. */
class RecordingsTest {

  private static final String OWN =
      "File names do not tell which clips are of one recording, so each counts as its own; if"
          + " several are cut from one, the numbers are too good: --recordings tells";

  private static final DatasetOptions THREE = DatasetOptions.standard().withFolds(3);

  @TempDir Path folder;

  @Test
  void aTakeAtTheEndOfANameIsNoPartOfTheRecording() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("rex_1.wav", "rex_2.wav", "rex.wav", "max-a.wav", "max-b.wav"))
            .clips("dog", List.of("ida 07.wav", "ida 08.wav"))
            .clips("cat", List.of("mia.1.wav", "mia.2.wav", "leo-1.wav", "leo-2.wav", "tom.wav"))
            .read(THREE);
    assertThat(Tree.recordings(dataset.files()))
        .containsEntry("rex_1.wav", "rex")
        .containsEntry("rex.wav", "rex")
        .containsEntry("max-b.wav", "max")
        .containsEntry("ida 07.wav", "ida")
        .containsEntry("mia.2.wav", "mia")
        .containsEntry("tom.wav", "tom");
    assertThat(Tree.foldsOfRecordings(dataset.files())).hasSize(6).allMatch(set -> set.size() == 1);
    assertThat(dataset.notes())
        .containsExactly("Folds: 3, dealt by recording, of which there are 6");
  }

  @Test
  void urbanSoundsNamesBeginWithTheRecording() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("11-3-0-0.wav", "11-3-0-1.wav", "11-3-1-0.wav"))
            .clips("dog", List.of("12-3-0-0.wav", "13-3-0-14.wav"))
            .clips("cat", List.of("21-4-0-0.wav", "22-4-0-1.wav", "23-4-1-0.wav"))
            .clips("cat", List.of("22-4-0-0.wav", "11-4-0-14.wav"))
            .read(THREE);
    assertThat(Tree.recordings(dataset.files()))
        .containsEntry("11-3-1-0.wav", "11")
        .containsEntry("11-4-0-14.wav", "11");
    assertThat(Tree.foldsOfRecordings(dataset.files())).hasSize(6).allMatch(set -> set.size() == 1);
  }

  @Test
  void namesAreNotBelievedIfAClassThenHasTooFewRecordings() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("rex_1.wav", "rex_2.wav", "max_1.wav", "ida_1.wav", "pip_1.wav"))
            .clips("cat", List.of("cat_1.wav", "cat_2.wav", "cat_3.wav", "cat_4.wav", "cat_5.wav"))
            .read(THREE);
    assertThat(dataset.files()).allMatch(file -> file.recording().equals(file.name()));
    assertThat(dataset.notes())
        .containsExactly("Folds: 3, dealt by recording, of which there are 10", OWN);
  }

  @Test
  void numbersAloneDoNotTell() throws Exception {
    Dataset dataset = new Tree(folder).clips("dog", 6).clips("dog/b", 6).clips("cat", 6).read();
    assertThat(dataset.files()).allMatch(file -> file.recording().equals(file.name()));
    assertThat(dataset.notes()).contains(OWN);
  }

  @Test
  void thePatternTellsWhatNamesDoNot() throws Exception {
    Tree tree =
        new Tree(folder)
            .clips("dog", List.of("1rex.wav", "2rex.wav", "1max.wav", "2max.wav", "3max.wav"))
            .clips("cat", List.of("1mia.wav", "2mia.wav", "1leo.wav", "2leo.wav", "odd.wav"));
    Dataset dataset =
        tree.read(DatasetOptions.standard().withRecordings(Pattern.compile("[0-9](...)")));
    assertThat(Tree.recordings(dataset.files()))
        .containsEntry("1rex.wav", "rex")
        .containsEntry("3max.wav", "max")
        .containsEntry("odd.wav", "cat/odd.wav");
    assertThat(dataset.notes())
        .containsExactly(
            "Folds: 2, dealt by recording, of which there are 5",
            "2 folds instead of 5, because not every class has recordings for more",
            "--recordings is not found in the names of 1 files; each counts as a recording of its"
                + " own");
  }

  @Test
  void aPatternThatFitsNothingIsRefused() {
    Tree tree = new Tree(folder).clips("dog", 5).clips("cat", 5);
    DatasetOptions options = DatasetOptions.standard().withRecordings(Pattern.compile("(x+)y"));
    assertThatThrownBy(() -> tree.read(options))
        .isInstanceOf(DatasetException.class)
        .hasMessage("--recordings (x+)y: its group is found in no file's name, such as 1.wav");
  }

  @Test
  void aPatternThatNothingNeedsIsNoted() throws Exception {
    Tree tree = new Tree(folder);
    for (String fold : List.of("1", "2", "3", "4", "5")) {
      tree.file("dog/%s-1%s-A.wav".formatted(fold, fold));
      tree.file("cat/%s-2%s-A.wav".formatted(fold, fold));
    }
    Dataset dataset =
        tree.read(DatasetOptions.standard().withRecordings(Pattern.compile("-([A-Z])")));
    assertThat(dataset.notes()).contains("--recordings is not used: the data tells the recordings");
    assertThat(Tree.recordings(dataset.files())).containsEntry("3-13-A.wav", "13");
  }

  @Test
  void takesOfOneBackgroundAreDealtOneByOne() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("rex_1.wav", "rex_2.wav", "max_1.wav", "ida_1.wav", "pip_1.wav"))
            .clips("cat", List.of("mia_1.wav", "mia_2.wav", "leo_1.wav", "tom_1.wav", "tom_2.wav"))
            .clips("background", List.of("hum_1.wav", "hum_2.wav", "hum_3.wav"))
            .read(THREE);
    assertThat(dataset.background().stream().map(LabelledFile::fold)).containsExactly(1, 2, 3);
  }

  @Test
  void aTakeOfBackgroundStaysWithItsRecordingOfAClass() throws Exception {
    Dataset dataset =
        new Tree(folder)
            .clips("dog", List.of("rex_1.wav", "rex_2.wav", "max_1.wav", "ida_1.wav", "pip_1.wav"))
            .clips("cat", List.of("mia_1.wav", "mia_2.wav", "leo_1.wav", "tom_1.wav", "tom_2.wav"))
            .clips("background", List.of("tom_3.wav", "rex_3.wav"))
            .read(THREE);
    assertThat(Tree.recordings(dataset.background()))
        .containsEntry("rex_3.wav", "rex")
        .containsEntry("tom_3.wav", "tom");
    List<LabelledFile> all = new ArrayList<>(dataset.files());
    all.addAll(dataset.background());
    assertThat(Tree.foldsOfRecordings(all)).allMatch(set -> set.size() == 1);
  }

  @Test
  void optionsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> DatasetOptions.standard().withFolds(1))
        .hasMessage("1 folds are too few: at least 2 are needed");
    assertThatThrownBy(() -> DatasetOptions.standard().withRecordings(Pattern.compile("a.*")))
        .hasMessageContaining("a.*")
        .hasMessageContaining("has no group in parentheses");
  }
}
