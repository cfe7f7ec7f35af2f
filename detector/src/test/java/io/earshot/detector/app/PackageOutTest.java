package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a training that is interrupted while it writes leaves of its package. */
class PackageOutTest {
  private static final String WRITTEN = ".dogs-01234567-89ab-cdef-0123-456789abcdef";
  private static final String OTHER = ".cats-01234567-89ab-cdef-0123-456789abcdef";

  @TempDir Path packages;

  @Test
  void ofANewPackageNothingStays() throws Exception {
    PackageOut out = out();
    begin(WRITTEN);
    begin(OTHER);
    out.deleteUnfinished();
    assertThat(packages.resolve(WRITTEN)).doesNotExist();
    assertThat(packages.resolve(OTHER)).exists();
  }

  @Test
  void aPackageThatWasThereStays() throws Exception {
    Path dogs = SmallModel.classifier(packages);
    PackageOut out = out();
    begin(WRITTEN);
    out.deleteUnfinished();
    assertThat(packages.resolve(WRITTEN)).doesNotExist();
    assertThat(dogs.resolve("model.yaml")).exists();
  }

  /** In the step in which it has made way, and the new one has not yet its name. */
  @Test
  void aPackageThatIsBeingReplacedIsNotDeletedUnderItsOtherName() throws Exception {
    Path dogs = SmallModel.classifier(packages);
    PackageOut out = out();
    Files.move(dogs, packages.resolve(WRITTEN));
    out.deleteUnfinished();
    assertThat(packages.resolve(WRITTEN).resolve("model.yaml")).exists();
  }

  private PackageOut out() throws UserException {
    PackageOut out =
        CommandLine.populateCommand(
            new PackageOut(), "--model-out", packages.resolve("dogs").toString());
    out.check();
    return out;
  }

  private void begin(String name) throws IOException {
    Files.writeString(Files.createDirectory(packages.resolve(name)).resolve("card.md"), "# dogs\n");
  }
}
