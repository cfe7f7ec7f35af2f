package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.event.EventRules;
import io.earshot.models.pack.ModelPackage;
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
    ModelPackage model = ModelPackage.load(SmallModel.classifier(packages));
    assertThat(rules(model, Map.of()))
        .containsExactly(
            new EventRules.Rule("Dog", 0.6f), new EventRules.Rule("background", EventRules.NEVER));
    assertThat(rules(model, Map.of("events.defaults.onset", "0.1")))
        .containsExactly(
            new EventRules.Rule("Dog", 0.1f), new EventRules.Rule("background", EventRules.NEVER));
  }

  private static List<EventRules.Rule> rules(ModelPackage model, Map<String, String> flags)
      throws Exception {
    return Detector.rules(ConfigFile.read(null, flags), model).rules();
  }
}
