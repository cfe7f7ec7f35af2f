package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Variables variables =
      new Variables(Map.of("EARSHOT_TOKEN", "a$1\\b", "EARSHOT_EMPTY", "", "HOME", "/root"));

  @Test
  void variablesArePutInAsTheyAre() throws Exception {
    assertThat(
            variables.in("Bearer ${EARSHOT_TOKEN}${EARSHOT_EMPTY}, $5 {x} ${EARSHOT_TOKEN}", "k"))
        .isEqualTo("Bearer a$1\\b, $5 {x} a$1\\b");
  }

  @Test
  void oneThatIsNotSetIsNamed() {
    assertRefused("x ${EARSHOT_NONE}", "environment: EARSHOT_NONE must be set: k names it");
  }

  @Test
  void onlyEarshotsOwnAreTaken() {
    String form = "k must name variables of the environment as ${EARSHOT_...}, not ${";
    assertRefused("${HOME}", form + "HOME}");
    assertRefused("${}", form + "}");
    assertRefused("${EARSHOT_A:-b}", form + "EARSHOT_A:-b}");
  }

  private void assertRefused(String text, String message) {
    UserException e = catchThrowableOfType(UserException.class, () -> variables.in(text, "k"));
    assertThat(e).hasMessage(message);
    assertThat(e.status).isEqualTo(2);
  }
}
