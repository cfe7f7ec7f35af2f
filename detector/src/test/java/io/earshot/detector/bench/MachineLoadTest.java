package io.earshot.detector.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineLoadTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatAnotherProcessComputesIsElsewhereAndWhatThisOneDoesIsNot() throws Exception {
    double before = MachineLoad.elsewhere();
    Process other =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 2000000 ]; do i=$((i+1)); done")
            .start();
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(MachineLoad.elsewhere() - before).isGreaterThan(0.05);
  }
}
