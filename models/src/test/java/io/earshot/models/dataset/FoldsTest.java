package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose folds they are. */
class FoldsTest {

  @TempDir Path folder;

  @Test
  void foldsOfTheCsvComeBeforeThoseOfNames() throws Exception {
    Tree tree = new Tree(folder);
    StringBuilder csv = new StringBuilder("filename,fold,category\n");
    for (int clip = 0; clip < 12; clip++) {
      String name = "%d-%d-A.wav".formatted(1 + clip % 3, clip);
      tree.file(name);
      csv.append("%s,%d,%s%n".formatted(name, 7 + clip % 2, clip < 6 ? "dog" : "cat"));
    }
    Dataset dataset = tree.file("a.csv", csv.toString()).read();
    assertThat(Folds.folds(dataset.files())).containsExactly(7, 8);
    assertThat(folds(dataset.files())).containsEntry("1-0-A.wav", 7).containsEntry("2-1-A.wav", 8);
    assertThat(dataset.notes()).containsExactly("Folds: the 2 of the CSV");
  }

  @Test
  void recordingsTornByTheFoldsOfTheCsvAreNoted() throws Exception {
    Tree tree = new Tree(folder).clips("audio", 12);
    StringBuilder csv = new StringBuilder("filename,fold,category,src_file\n");
    for (int clip = 1; clip <= 12; clip++) {
      // Recordings 0, 1 and 2 have two clips, in both folds; the others one
      int recording = clip <= 6 ? (clip - 1) / 2 : clip;
      String label = clip % 4 < 2 ? "dog" : "cat";
      csv.append("%d.wav,%d,%s,%d%n".formatted(clip, 1 + clip % 2, label, recording));
    }
    Dataset dataset = tree.file("a.csv", csv.toString()).read();
    assertThat(dataset.notes())
        .containsExactly(
            "Folds: the 2 of the CSV",
            "3 recordings have clips in more than one of these folds; the folds are kept, but the"
                + " numbers may be too good");
    assertThat(folds(dataset.files())).containsEntry("1.wav", 2).containsEntry("2.wav", 1);
  }

  @Test
  void foldsOfNamesCountOnlyIfAllHaveOne() throws Exception {
    Tree tree = named("dog", "1-1-A", "1-1-B", "2-2-A", "2-3-A", "2-4-A");
    Dataset named = named("cat", "1-5-A", "2-6-A", "2-7-A", "2-8-A", "2-9-A-0").read();
    assertThat(Folds.folds(named.files())).containsExactly(1, 2);
    Dataset dealt = tree.file("cat/rain.wav").read(DatasetOptions.standard().withFolds(3));
    assertThat(Folds.folds(dealt.files())).containsExactly(1, 2, 3);
    assertThat(Tree.recordings(dealt.files()))
        .containsEntry("1-1-A.wav", "1")
        .containsEntry("1-1-B.wav", "1")
        .containsEntry("2-9-A-0.wav", "9")
        .containsEntry("rain.wav", "cat/rain.wav");
    assertThat(Tree.foldsOfRecordings(dealt.files())).allMatch(set -> set.size() == 1);
  }

  @Test
  void foldsOfNamesCountOnlyIfEachClassHasTwo() throws Exception {
    named("cat", "1-5-A", "2-6-A", "2-7-A", "2-8-A", "2-9-A");
    Dataset dataset = named("dog", "1-1-A", "1-1-B", "1-2-A", "1-3-A", "1-4-A").read();
    assertThat(dataset.notes())
        .containsExactly(
            "Folds: 4, dealt by recording, of which there are 9",
            "4 folds instead of 5, because not every class has recordings for more");
  }

  @Test
  void datesAreNoFolds() throws Exception {
    named("cat", "2024-01-01", "2024-02-01", "2024-03-01", "2025-01-01", "2025-02-01");
    Dataset dataset =
        named("dog", "2024-01-02", "2024-02-02", "2024-03-02", "2025-01-02", "2025-02-02").read();
    assertThat(dataset.notes())
        .containsExactly("Folds: 5, dealt by recording, of which there are 5");
    assertThat(Tree.recordings(dataset.files())).containsEntry("2024-01-02.wav", "2024-01");
  }

  @Test
  void backgroundOfARecordingWithClassesGoesWhereItIs() throws Exception {
    named("dog", "1-1-A", "1-2-A", "2-3-A", "2-4-A", "2-5-A");
    named("cat", "1-6-A", "1-7-A", "2-8-A", "2-9-A", "2-10-A");
    Dataset dataset =
        named("background", "1-3-B", "2-1-B", "2-20-A", "1-20-B", "9-21-A", "hum", "wind").read();
    assertThat(folds(dataset.background()))
        .containsEntry("1-3-B.wav", 2)
        .containsEntry("2-1-B.wav", 1)
        .containsEntry("1-20-B.wav", 1)
        .containsEntry("2-20-A.wav", 1)
        .containsEntry("9-21-A.wav", 1)
        .containsEntry("hum.wav", 2)
        .containsEntry("wind.wav", 1);
    List<LabelledFile> all = new ArrayList<>(dataset.files());
    all.addAll(dataset.background());
    assertThat(Tree.foldsOfRecordings(all)).allMatch(set -> set.size() == 1);
  }

  private Tree named(String label, String... names) {
    Tree tree = new Tree(folder);
    for (String name : names) {
      tree.file(label + "/" + name + ".wav");
    }
    return tree;
  }

  private static Map<String, Integer> folds(List<LabelledFile> files) {
    return files.stream().collect(Collectors.toMap(LabelledFile::fileName, LabelledFile::fold));
  }
}
