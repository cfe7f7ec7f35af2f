package io.earshot.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earshot.models.evaluate.Calibration;
import io.earshot.models.evaluate.JudgedClip;
import io.earshot.models.pack.PackageException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done with a trained network, and with a training that fails. */
class CalibratedNetworkTest {
  private static final List<String> LABELS =
      List.of("low", "high", "smoke_alarm", "siren", "background");

  private static List<TrainingClip> clips() {
    List<TrainingClip> clips = new ArrayList<>(TrainedNetworkTest.tones());
    clips.addAll(MadeClips.make(List.of(1, 2, 3), 1));
    return clips;
  }

  private static List<JudgedClip> scored(NetworkWeights weights, List<TrainingClip> clips)
      throws PackageException {
    try (TemporaryPackage made = TemporaryPackage.of(weights, LABELS);
        PackagedNetwork network = new PackagedNetwork(made.model())) {
      return clips.stream().map(network::score).toList();
    }
  }

  /** The card speaks of calibrated scores, the package holds a calibrated network. */
  @Test
  void theCalibratedNetworkGivesTheCalibratedScores() throws Exception {
    TrainingSettings settings = new TrainingSettings(160, 16, 2e-3, 1);
    NetworkWeights weights = TrainedNetworkTest.trained(clips(), settings);
    List<JudgedClip> raw = scored(weights, clips());
    Calibration calibration = Calibration.fit(LABELS, raw);
    List<JudgedClip> calibrated =
        scored(weights.calibrated(calibration.scales(), calibration.shifts()), clips());
    double moved = 0;
    for (int i = 0; i < raw.size(); i++) {
      double[] expected = calibration.apply(raw.get(i)).mean();
      double[] actual = calibrated.get(i).mean();
      for (int label = 0; label < LABELS.size(); label++) {
        assertThat(actual[label]).isCloseTo(expected[label], within(1e-3));
        moved = Math.max(moved, Math.abs(expected[label] - raw.get(i).mean()[label]));
      }
    }
    assertThat(moved).isGreaterThan(0.05);
  }

  @Test
  void aTrainingThatAlwaysDivergesEndsWithWhatWasSeen() {
    TrainingSettings wild = new TrainingSettings(16 * 10, 16, 1e6, 1);
    assertThatThrownBy(() -> TrainedNetworkTest.trained(clips(), wild))
        .isInstanceOf(PackageException.class)
        .hasMessageStartingWith("The training fails again and again: the loss was ");
  }
}
