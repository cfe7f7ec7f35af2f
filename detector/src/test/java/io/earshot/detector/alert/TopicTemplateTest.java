package io.earshot.detector.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {
  @Test
  void whatIsFilledInStaysOneLevel() {
    Alert alert = AlertEvents.alert("7", "closed", "yard.2", "a/b +c#d%e\u0000f, g$1", 1);
    assertThat(TopicTemplate.fill("x/{stream}/{label}/{state}/{id}", alert))
        .isEqualTo("x/yard.2/a%2Fb %2Bc%23d%25e%00f, g$1/closed/7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"earshot/{stream}/{label}", "a", "a b/{id}", "/a", "é/{state}"})
  void topicsAreAllowed(String template) {
    assertThat(TopicTemplate.isValid(template)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a/#", "a/+/b", "$SYS/a", "{colour}", "{stream", "a}", "{}", "a\u0000"})
  void othersAreNot(String template) {
    assertThat(TopicTemplate.isValid(template)).isFalse();
  }
}
