package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.Quantised;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of integers on all 320 clips of ESC-10: do they still hear the same? */
class QuantizeIT {
  @TempDir Path folder;

  @Test
  void baseInIntegersIsAsRightAsInFloats() throws Exception {
    assertAsRight(Shared.base(), 0.95, List.of());
  }

  /** Each class under the first of the labels that the data's own table gives it. */
  @Test
  void yamnetInIntegersIsAsRightAsInFloats() throws Exception {
    List<String> map = new ArrayList<>();
    List<String> lines = Files.readAllLines(Shared.path("audio/esc10/audioset_labels.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] pair = line.replace("\"", "").split(",", 2);
      map.add("--map");
      map.add(pair[0] + "=" + pair[1].split(";")[0]);
    }
    assertThat(map).hasSize(20);
    assertAsRight(Shared.yamnet(), 0.85, map);
  }

  private void assertAsRight(Path original, double least, List<String> map) throws Exception {
    Path written = folder.resolve("int8");
    List<String> arguments = new ArrayList<>(List.of("models", "quantize", original.toString()));
    arguments.addAll(List.of("--calibrate", Shared.path("audio/esc10").toString()));
    arguments.addAll(List.of("--model-out", written.toString()));
    arguments.addAll(map);
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err().toString()).isZero();
    run.out().forEach(System.out::println);
    Quantised.Comparison compared = ModelPackage.load(written).manifest().quantised().comparison();
    assertThat(compared.clips()).isEqualTo(80);
    assertThat(compared.cosine()).isGreaterThanOrEqualTo(0.995);
    assertThat(compared.accuracy().of()).isEqualTo("320 clips of 10 labels");
    assertThat(compared.accuracy().before()).isGreaterThan(least);
    assertThat(compared.accuracy().before() - compared.accuracy().after())
        .isLessThanOrEqualTo(0.005);
  }
}
