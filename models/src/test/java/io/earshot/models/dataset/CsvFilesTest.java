package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFilesTest {

  private static final String URBAN_HEADER =
      "slice_file_name,fsID,start,end,salience,fold,classID,class\n";

  @TempDir Path folder;

  @Test
  void urbanSound8kIsReadAsItIsHandedOut() throws Exception {
    Dataset dataset = urbanSound().read();
    assertThat(dataset.labels()).containsExactly("dog_bark", "siren");
    assertThat(dataset.files()).hasSize(10);
    assertThat(dataset.files().get(0))
        .isEqualTo(
            new LabelledFile(
                folder.resolve("audio/fold1/1031-3-0-0.wav"),
                "audio/fold1/1031-3-0-0.wav",
                List.of("dog_bark"),
                1,
                "1031"));
    assertThat(dataset.notes()).containsExactly("Folds: the 2 of the CSV");
  }

  @Test
  void theCsvItselfMayBeGiven() throws Exception {
    urbanSound();
    Path csv = folder.resolve("metadata/UrbanSound8K.csv");
    assertThat(Tree.names(Dataset.read(csv, DatasetOptions.standard()).files()))
        .hasSize(10)
        .contains("audio/fold2/1032-3-0-3.wav");
  }

  @Test
  void withoutTheColumnFoldTheFilesOfFoldFoldersAreFoundAndRecordingsDealt() throws Exception {
    StringBuilder csv = new StringBuilder("slice_file_name,class,fsID\n");
    Tree tree = new Tree(folder);
    for (int clip = 0; clip < 10; clip++) {
      String name = "%d-3-0-%d.wav".formatted(1000 + clip / 2, clip);
      csv.append(name).append(',').append(clip < 6 ? "dog," : "cat,").append(1000 + clip / 2);
      csv.append('\n');
      tree.file("audio/fold%d/%s".formatted(1 + clip % 3, name));
    }
    csv.append("b-1.wav,cat,1003\n");
    Dataset dataset = tree.file("b-1.wav").file("index.csv", csv.toString()).read();
    assertThat(Tree.foldsOfRecordings(dataset.files())).hasSize(5).allMatch(set -> set.size() == 1);
    assertThat(dataset.notes())
        .containsExactly(
            "Folds: 2, dealt by recording, of which there are 5",
            "2 folds instead of 5, because not every class has recordings for more");
  }

  @Test
  void esc50IsReadAsItIsHandedOut() throws Exception {
    Dataset dataset = esc50("1,2,3,4,5").read();
    assertThat(dataset.labels()).containsExactly("dog", "rain");
    assertThat(dataset.files()).hasSize(10);
    LabelledFile first = dataset.files().get(0);
    assertThat(first.name()).isEqualTo("audio/1-101-A-0.wav");
    assertThat(first.fold()).isEqualTo(1);
    assertThat(first.recording()).isEqualTo("101");
    assertThat(first.labels()).containsExactly("dog");
  }

  @Test
  void aByteOrderMarkAndQuotesAreNoMatter() throws Exception {
    Tree tree = new Tree(folder).clips("sounds", 10);
    String rows =
        rows(10, clip -> "\"sounds/%d.wav\", %s".formatted(clip, clip % 2 == 0 ? "dog" : "cat"));
    Dataset dataset = tree.file("x.CSV", "\uFEFFfilename,category\r\n" + rows).read();
    assertThat(dataset.labels()).containsExactly("cat", "dog");
    assertThat(dataset.files()).hasSize(10);
  }

  @Test
  void aFileMayHaveSeveralLabelsInOneRowOrSeveral() throws Exception {
    Tree tree = new Tree(folder).clips("audio", 12);
    String rows = rows(10, clip -> clip + ".wav," + (clip <= 5 ? "dog" : "cat"));
    String more = "11.wav,dog; cat\n12.wav,cat|dog\n1.wav,cat\n1.wav,dog\n";
    Dataset dataset = tree.file("a.csv", "filename,category\n" + rows + more).read();
    assertThat(
            dataset.files().stream()
                .filter(file -> file.labels().equals(List.of("cat", "dog")))
                .map(LabelledFile::fileName))
        .containsExactly("1.wav", "11.wav", "12.wav");
    assertThat(dataset.files()).hasSize(12);
  }

  @Test
  void aCategoryBackgroundIsNoClassAndNeedsNoFold() throws Exception {
    Tree tree = esc50("1,2,3,4,5");
    append("meta/esc50.csv", "noise.wav,,9,background,False,,A\nhum.wav,3,9,background,False,,A\n");
    Dataset dataset = tree.file("audio/noise.wav").file("meta/hum.wav").read();
    assertThat(dataset.labels()).containsExactly("dog", "rain");
    assertThat(dataset.background())
        .extracting(LabelledFile::name, LabelledFile::fold)
        .containsExactly(tuple("audio/noise.wav", 1), tuple("meta/hum.wav", 3));
  }

  @Test
  void backgroundCannotBeOfAClassToo() throws Exception {
    Tree tree = esc50("1,2,3,4,5");
    append("meta/esc50.csv", "1-101-A-0.wav,1,9,background,False,101,A\n");
    refuses(tree, "line 12: 1-101-A-0.wav is of background and of a class");
    Tree other = new Tree(folder.resolve("other")).file("1.wav");
    refuses(
        other.file("a.csv", "filename,category\n1.wav,background;dog\n"),
        "line 2: 1.wav is of background and of a class; background has no classes");
  }

  @Test
  void aRowWithoutItsFileIsNamed() throws Exception {
    Tree tree = esc50("1,2,3,4,5");
    Files.delete(folder.resolve("audio/3-103-A-0.wav"));
    refuses(
        tree,
        "esc50.csv, line 6: the file 3-103-A-0.wav is in none of "
            + folder
            + ", "
            + folder.resolve("meta")
            + ", "
            + folder.resolve("audio"));
  }

  @Test
  void theLastLineIsCountedWithoutItsEnd() {
    Tree tree = new Tree(folder).file("1.wav");
    refuses(
        tree.file("a.csv", "filename,category\n1.wav,dog\n2.wav,dog"),
        "a.csv, line 3: the file 2.wav is in none of " + folder);
  }

  @Test
  void aColumnThatIsMissingIsNamed() {
    refuses(
        new Tree(folder.resolve("one")).file("a.csv", "filename,fold,label\n"),
        "a.csv: no column category; needed are filename and category, or slice_file_name and class");
    refuses(
        new Tree(folder.resolve("two")).file("meta/a.csv", "name,class\n").clips("audio", 5),
        "a.csv: no column slice_file_name; needed are filename and category");
    refuses(
        new Tree(folder.resolve("three")).file("a.csv", "x,y\n"),
        "a.csv: not the needed columns: filename and category, or slice_file_name and class");
    refuses(new Tree(folder.resolve("four")).file("a.csv", ""), "a.csv: not the needed columns");
  }

  @Test
  void aBadFoldIsNamed() {
    for (String fold : List.of("0", "-1", "one", "1.5", "", "12345")) {
      Tree tree = new Tree(folder).file("1.wav");
      refuses(
          tree.file("a.csv", "filename,fold,category\n1.wav,%s,dog\n".formatted(fold)),
          "a.csv, line 2: fold \"%s\" is not a whole number from 1 to 9999".formatted(fold));
    }
  }

  @Test
  void aFileIsInOneFold() {
    Tree tree = new Tree(folder).file("1.wav");
    refuses(
        tree.file("a.csv", "filename,fold,category\n1.wav,1,dog\n1.wav,2,cat\n"),
        "line 3: 1.wav is in fold 2, but in fold 1 of a row above");
  }

  @Test
  void aLabelThatCannotBeUsedIsNamedWithItsLine() {
    Tree tree = new Tree(folder).file("1.wav");
    refuses(
        tree.file("a.csv", "filename,category\n1.wav,dog bark\n"),
        "a.csv, line 2: the label \"dog bark\" cannot be used; allowed are 1 to 64 letters of any script, digits, '.', '_' and '-'");
    refuses(
        tree.file("a.csv", "filename,category\n1.wav,dog;\n"),
        "a.csv, line 2: the label \"\" cannot be used");
    refuses(
        tree.file("a.csv", "filename,category\n1.wav\n"),
        "a.csv, line 2: the label \"\" cannot be used");
  }

  @Test
  void aRowWithoutANameIsNamed() {
    refuses(
        new Tree(folder).file("a.csv", "filename,category\n,dog\n"), "a.csv, line 2: no filename");
  }

  @Test
  void moreThanOneCsvIsRefusedByNames() {
    Tree tree = new Tree(folder).file("a.csv", "filename,category\n");
    refuses(
        tree.file("meta/b.csv", "slice_file_name,class\n").file("c.csv", "x,y\n"),
        "more than one CSV names files and classes: %s, %s; give the one that is meant"
            .formatted(folder.resolve("a.csv"), folder.resolve("meta/b.csv")));
  }

  @Test
  void aCsvOfAnotherMatterDoesNotHinderFoldersOfClasses() throws Exception {
    Tree tree = new Tree(folder).clips("dog", 5).clips("cat", 5);
    Dataset dataset =
        tree.file("attribution.csv", "filename,author\n").file("b.csv", "\"not closed\nat").read();
    assertThat(dataset.labels()).containsExactly("cat", "dog");
  }

  @Test
  void whatIsNoCsvInUtf8IsNamed() throws Exception {
    Path csv = folder.resolve("a.csv");
    Files.write(csv, "filename,category\n\u00e9.wav,dog".getBytes(StandardCharsets.ISO_8859_1));
    refuses(new Tree(folder), csv + ": cannot be read as a CSV in UTF-8");
    Files.writeString(csv, "filename,category\n\"1.wav,dog\n");
    refuses(new Tree(folder), csv + ": cannot be read as a CSV in UTF-8");
    Files.writeString(csv, "filename,category\n\"1\"x.wav,dog\n");
    refuses(new Tree(folder), csv + ": cannot be read as a CSV in UTF-8");
  }

  @Test
  void rowsOfOtherFilesArePassedOver() throws Exception {
    Tree tree = esc50("1,2,3,4,5").file("notes.txt");
    append("meta/esc50.csv", "notes.txt,1,0,dog,False,1,A\n");
    Dataset dataset = tree.read();
    assertThat(dataset.files()).hasSize(10);
    assertThat(dataset.notes())
        .contains(
            "Passed over: 1 rows of %s with no sound file"
                .formatted(folder.resolve("meta/esc50.csv")));
  }

  /** Five clips of each of two classes in two folds. */
  private Tree urbanSound() {
    Tree tree = new Tree(folder);
    StringBuilder csv = new StringBuilder(URBAN_HEADER);
    for (int clip = 0; clip < 10; clip++) {
      int fold = 1 + clip % 2;
      int category = clip < 5 ? 3 : 8;
      int recording = 1000 + 10 * category + fold;
      String name = "%d-%d-0-%d.wav".formatted(recording, category, clip);
      String label = clip < 5 ? "dog_bark" : "siren";
      csv.append("%s,%d,0,4,1,%d,%d,%s%n".formatted(name, recording, fold, category, label));
      tree.file("audio/fold%d/%s".formatted(fold, name));
    }
    return tree.file("metadata/UrbanSound8K.csv", csv.toString());
  }

  /** One clip of each of two classes per fold. */
  private Tree esc50(String folds) {
    Tree tree = new Tree(folder);
    StringBuilder csv = new StringBuilder("filename,fold,target,category,esc10,src_file,take\n");
    for (String fold : folds.split(",", -1)) {
      for (int target = 0; target < 2; target++) {
        String recording = "" + (target + 1) + "0" + fold;
        String name = "%s-%s-A-%d.wav".formatted(fold, recording, target * 10);
        String label = target == 0 ? "dog" : "rain";
        csv.append("%s,%s,%d,%s,True,%s,A%n".formatted(name, fold, target, label, recording));
        tree.file("audio/" + name);
      }
    }
    return tree.file("meta/esc50.csv", csv.toString());
  }

  private static String rows(int count, IntFunction<String> row) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(row)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private void append(String name, String text) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, Files.readString(file) + text);
  }

  private static void refuses(Tree tree, String message) {
    assertThatThrownBy(tree::read)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
