package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be learnt from, and the line that says why. */
class RefusedDatasetTest {

  @TempDir Path folder;

  @Test
  void aFolderThatIsNotThere() {
    Path missing = folder.resolve("missing");
    refuses(
        () -> Dataset.read(missing, DatasetOptions.standard()),
        missing + ": no such folder; allowed are a folder per class with sound files in them, or");
  }

  @Test
  void aFileThatIsNoCsv() {
    Path file = folder.resolve("a.txt");
    new Tree(folder).file("a.txt");
    refuses(
        () -> Dataset.read(file, DatasetOptions.standard()), file + ": neither a folder nor a CSV");
  }

  @Test
  void neitherFoldersOfClassesNorACsv() {
    Tree tree = new Tree(folder).file("1.wav").file("empty/notes.txt");
    refuses(tree::read, folder + ": neither folders of classes nor a CSV; allowed are");
  }

  @Test
  void oneClassAndBackground() {
    Tree tree = new Tree(folder).clips("dog", 9).clips("background", 9);
    refuses(tree::read, folder + ": found the class dog alone; at least 2 classes are needed");
  }

  @Test
  void backgroundAlone() {
    Tree tree = new Tree(folder).clips("background", 9);
    refuses(tree::read, folder + ": found no class; at least 2 classes are needed");
  }

  @Test
  void aFolderOfAClassWithoutSound() {
    Tree tree = new Tree(folder).clips("dog", 9).clips("cat", 9).file("bird/readme.txt");
    refuses(tree::read, folder.resolve("bird") + ": a folder of a class without sound files");
  }

  @Test
  void classesOfFewClips() {
    Tree tree = new Tree(folder).clips("dog", 5).clips("cat", 4).clips("bird", 1);
    refuses(
        tree::read,
        folder
            + ": too few clips: class bird has 1, class cat has 4; every class needs at least 5");
  }

  @Test
  void aClassWhoseClipsWereSkipped() throws Exception {
    Dataset dataset = new Tree(folder).clips("dog", 5).clips("cat", 5).read();
    refuses(
        () -> dataset.without(Set.of(folder.resolve("dog/1.wav"))).check(),
        "too few clips: class dog has 4; every class needs at least 5");
    Set<Path> all = dataset.files().stream().map(LabelledFile::file).collect(Collectors.toSet());
    Dataset none = dataset.without(all);
    assertThat(none.labels()).containsExactly("cat", "dog");
    refuses(none::check, "too few clips: class cat has 0, class dog has 0");
  }

  @Test
  void aFoldThatLacksAClass() {
    Tree tree = new Tree(folder);
    for (String take : List.of("A", "B", "C")) {
      tree.clips("dog", List.of("1-1-" + take + ".wav", "2-2-" + take + ".wav"));
      tree.clips("cat", List.of("1-3-" + take + ".wav", "2-4-" + take + ".wav"));
      tree.clips("cat", List.of("3-5-" + take + ".wav"));
    }
    refuses(tree::read, folder + ": fold 3 has no clip of class dog; every fold needs clips of");
  }

  @Test
  void aFoldOfTheCsvThatLacksAClassOnceAClipIsSkipped() throws Exception {
    Tree tree = new Tree(folder).clips("audio", 12);
    String rows =
        IntStream.rangeClosed(1, 12)
            .mapToObj(
                c -> "%d.wav,%d,%s".formatted(c, c > 10 ? 3 : 1 + c % 2, c % 4 < 2 ? "a" : "b"))
            .collect(Collectors.joining("\n"));
    Dataset dataset = tree.file("x.csv", "filename,fold,category\n" + rows).read();
    refuses(
        () -> dataset.without(Set.of(folder.resolve("audio/11.wav"))).check(),
        "fold 3 has no clip of class b");
  }

  @Test
  void aClassInOneFoldOnly() {
    Tree tree = new Tree(folder).clips("audio", 15);
    String rows =
        IntStream.rangeClosed(1, 15)
            .mapToObj(c -> "%d.wav,%s".formatted(c, c <= 10 ? 1 + c % 2 + ",dog" : "2,cat"))
            .collect(Collectors.joining("\n"));
    refuses(
        tree.file("x.csv", "filename,fold,category\n" + rows)::read,
        "class cat: all clips are in fold 2; every class needs clips in at least 2 folds");
  }

  @Test
  void aClassOfOneRecording() {
    Tree tree = new Tree(folder).clips("audio", 15);
    String rows =
        IntStream.rangeClosed(1, 15)
            .mapToObj(c -> "%d.wav,%s".formatted(c, c <= 10 ? "dog," + c : "cat,77"))
            .collect(Collectors.joining("\n"));
    refuses(
        tree.file("x.csv", "filename,category,src_file\n" + rows)::read,
        "class cat: all clips are of one recording; at least 2 recordings are needed");
  }

  @Test
  void aFolderWhoseNameIsNoLabel() {
    Tree tree = new Tree(folder).clips("dog", 5).clips("big cat", 5);
    refuses(
        tree::read,
        folder
            + ": a folder's name: the label \"big cat\" cannot be used; allowed are 1 to 64 letters");
  }

  @Test
  void aFolderThatMayNotBeRead() throws Exception {
    Tree tree = new Tree(folder).clips("dog", 5).clips("cat/inner", 5);
    Path inner = folder.resolve("cat/inner");
    Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(inner)).as("root reads everything").isFalse();
      refuses(tree::read, "Cannot read " + inner + ": no permission");
    } finally {
      Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void refuses(ThrowingCallable read, String message) {
    assertThatThrownBy(read)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
