package io.earshot.detector.segment;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.earshot.models.feature.Envelope;
import io.earshot.models.feature.Segment;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentHeadersTest {
  private static final Envelope ENVELOPE = Envelope.parse("5a".repeat(24));
  private static final Segment SEGMENT = new Segment("s.1", 7, 1_700_000, 0.5, -45.25, ENVELOPE);

  @Test
  void aSegmentIsReadAsItWasWritten() {
    assertThat(SegmentHeaders.read(SegmentHeaders.of(SEGMENT))).isEqualTo(SEGMENT);
  }

  /** As of an older detector, or of a stranger. */
  @Test
  void aSegmentWithoutAnEnvelopeIsOne() {
    Segment without = new Segment("s.1", 7, 1_700_000, 0.5, -45.25);
    Headers headers = SegmentHeaders.of(without);
    assertThat(headers.lastHeader("envelope")).isNull();
    assertThat(SegmentHeaders.read(headers)).isEqualTo(without);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5a", "loud", "5a\n"})
  void aBadEnvelopeIsToldByName(String text) {
    Headers headers = SegmentHeaders.of(SEGMENT);
    headers.remove("envelope").add("envelope", text.getBytes(US_ASCII));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SegmentHeaders.read(headers))
        .withMessageMatching("header envelope is not 48 hexadecimal digits: [ -~]*");
  }

  @Test
  void anEnvelopeOfOtherCharactersOrOfLevelsThatThereAreNotIsToldByName() {
    for (String start : new String[] {"ff", "5g", "\u00e4\u00e4"}) {
      Headers headers = SegmentHeaders.of(SEGMENT);
      String text = start + "5a".repeat(23);
      headers.remove("envelope").add("envelope", text.getBytes(US_ASCII));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SegmentHeaders.read(headers))
          .withMessageStartingWith("header envelope is ");
    }
  }
}
