package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GroupedSplitTest {

  @RepeatedTest(40)
  void everyClassIsInEveryFoldIfItHasRecordingsForAll(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int folds = 2 + random.nextInt(6);
    List<LabelledFile> files = new ArrayList<>();
    int labels = 2 + random.nextInt(5);
    for (int label = 0; label < labels; label++) {
      addClass(files, "class" + label, folds + random.nextInt(20), random);
    }
    Collections.shuffle(files, random);
    List<LabelledFile> placed = placed(files, GroupedSplit.deal(files, folds));
    assertThat(Tree.foldsOfRecordings(placed)).allMatch(set -> set.size() == 1);
    assertThat(Folds.byLabel(placed).values()).allMatch(set -> set.size() == folds);
    assertThat(Folds.folds(placed)).hasSize(folds).contains(1, folds);
    Collections.shuffle(files, random);
    assertThat(placed(files, GroupedSplit.deal(files, folds))).hasSameElementsAs(placed);
  }

  @RepeatedTest(20)
  void equalRecordingsAreSpreadToWithinOne(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<LabelledFile> files = new ArrayList<>();
    int count = 5 + random.nextInt(30);
    for (int clip = 0; clip < count; clip++) {
      files.add(clip("a", "a" + clip, clip));
      files.add(clip("b", "b" + clip, clip));
    }
    List<LabelledFile> placed = placed(files, GroupedSplit.deal(files, 5));
    for (int fold = 1; fold <= 5; fold++) {
      int number = fold;
      assertThat(
              placed.stream()
                  .filter(file -> file.fold() == number && file.labels().contains("a"))
                  .count())
          .isBetween(count / 5L, (count + 4) / 5L);
    }
  }

  /** By hand: 5 and 4 open two folds; 3 goes to the 4; 2 to the 5; 1 evens 7 to 7 and 8. */
  @Test
  void theLargestIsDealtFirst() {
    List<LabelledFile> files = new ArrayList<>();
    for (int size = 1; size <= 5; size++) {
      for (int clip = 0; clip < size; clip++) {
        files.add(clip("a", "of" + size, clip));
      }
    }
    Map<String, Integer> foldOf = GroupedSplit.deal(files, 2);
    assertThat(foldOf)
        .containsEntry("of5", 1)
        .containsEntry("of4", 2)
        .containsEntry("of3", 2)
        .containsEntry("of2", 1)
        .containsKey("of1");
  }

  @Test
  void thereAreFewerFoldsIfAClassHasFewerRecordings() {
    List<LabelledFile> files = new ArrayList<>();
    addClass(files, "many", 20, new Random(1));
    addClass(files, "few", 3, new Random(1));
    Map<String, Integer> foldOf = GroupedSplit.deal(files, 5);
    assertThat(Set.copyOf(foldOf.values())).containsExactlyInAnyOrder(1, 2, 3);
  }

  /** Each recording has clips of two or three classes. */
  @RepeatedTest(20)
  void recordingsOfSeveralClassesAreNotTornEither(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<LabelledFile> files = new ArrayList<>();
    for (int clip = 0; clip < 150; clip++) {
      files.add(clip("class" + random.nextInt(4), "recording" + random.nextInt(40), clip));
    }
    List<LabelledFile> placed = placed(files, GroupedSplit.deal(files, 5));
    assertThat(Tree.foldsOfRecordings(placed)).allMatch(set -> set.size() == 1);
    assertThat(Folds.byLabel(placed).values()).allMatch(set -> set.size() == 5);
  }

  private static void addClass(
      List<LabelledFile> files, String label, int recordings, Random random) {
    for (int recording = 0; recording < recordings; recording++) {
      int clips = 1 + random.nextInt(10);
      for (int clip = 0; clip < clips; clip++) {
        files.add(clip(label, label + recording, clip));
      }
    }
  }

  private static LabelledFile clip(String label, String recording, int clip) {
    String name = "%s/%s-%d.wav".formatted(label, recording, clip);
    return new LabelledFile(Path.of(name), name, List.of(label), 0, recording);
  }

  private static List<LabelledFile> placed(List<LabelledFile> files, Map<String, Integer> foldOf) {
    assertThat(foldOf.keySet())
        .isEqualTo(new TreeSet<>(files.stream().map(LabelledFile::recording).toList()));
    return files.stream().map(file -> file.withFold(foldOf.get(file.recording()))).toList();
  }
}
