package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerCommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"a.wav b.wav", "-", "--device 0"})
  void onlyOneFileCanBeginAgain(String source) {
    CommandRun run = CommandRun.of(("producer --loop " + source).split(" "));
    assertThat(run.status()).as("%s", run).isEqualTo(2);
    assertThat(run.err()).containsExactly("earshot: --loop is for one file");
  }
}
