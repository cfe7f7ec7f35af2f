package io.earshot.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dog_bark",
        "a",
        "7",
        "v1.2-b",
        "H\u00fcndin",
        "Hu\u0308ndin",
        "\u72ac",
        "\u0915\u0941\u0924\u094d\u0924\u093e"
      })
  void lettersOfAnyScriptAreAllowed(String label) throws Exception {
    assertThat(Label.checked(label, "x")).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "dog bark",
        "a/b",
        "a\\b",
        "a,b",
        "a\"b",
        "a'b",
        "a\tb",
        "a\nb",
        "a\u0000b",
        "a\u00a0b",
        "..",
        "."
      })
  void othersAreRefused(String label) {
    assertThatThrownBy(() -> Label.checked(label, "here"))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("here: the label \"")
        .message()
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void sixtyFourCharactersAreTheMost() throws Exception {
    String most = "\uD840\uDC00".repeat(64);
    assertThat(Label.checked(most, "x")).isEqualTo(most);
    assertThatThrownBy(() -> Label.checked("b".repeat(65), "x"))
        .hasMessageContaining("\"" + "b".repeat(64) + "...\" cannot be used");
  }
}
