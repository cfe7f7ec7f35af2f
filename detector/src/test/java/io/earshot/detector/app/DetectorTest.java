package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.Manifest;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageContent;
import io.earshot.models.pack.PackageWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration and the model package make of each other. */
class DetectorTest {
  @TempDir Path packages;

  @Test
  void theBackgroundRaisesNoEventWhateverTheThreshold() throws Exception {
    ModelPackage model = model();
    assertThat(rules(model, Map.of()))
        .containsExactly(
            new EventRules.Rule("Dog", 0.4f), new EventRules.Rule("background", EventRules.NEVER));
    assertThat(rules(model, Map.of("events.defaults.onset", "0.1")))
        .containsExactly(
            new EventRules.Rule("Dog", 0.1f), new EventRules.Rule("background", EventRules.NEVER));
  }

  private static List<EventRules.Rule> rules(ModelPackage model, Map<String, String> flags)
      throws Exception {
    return Detector.rules(ConfigFile.read(null, flags), model).rules();
  }

  private ModelPackage model() throws Exception {
    PackageContent content =
        new PackageContent("dogs", "1", "CC0-1.0")
            .source(Manifest.Source.inWords("made in a test"))
            .card("# dogs\n")
            .network(ByteBuffer.allocate(1), "patches", FrontEnd.vggish(0.01), 960)
            .scores(List.of("Dog", "background"), new Manifest.Thresholds(0.4f, Map.of()))
            .background("background");
    return ModelPackage.load(PackageWriter.write(content, packages, staged -> {}));
  }
}
