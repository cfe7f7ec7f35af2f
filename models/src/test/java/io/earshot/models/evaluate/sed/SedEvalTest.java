package io.earshot.models.evaluate.sed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.earshot.models.SharedData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real lists of events, and what the toolbox sed_eval makes of them. */
class SedEvalTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  static Stream<JsonNode> expected() throws Exception {
    List<JsonNode> entries = new ArrayList<>();
    JSON.readTree(SharedData.file("sed_eval/expected.json").toFile()).forEach(entries::add);
    assertThat(entries).hasSize(6);
    return entries.stream();
  }

  @ParameterizedTest
  @MethodSource("expected")
  void everyNumberIsSedEvals(JsonNode expected) throws Exception {
    EventListPair pair =
        EventListPair.read(
            SharedData.file("sed_eval/" + expected.get("reference").asText()),
            SharedData.file("sed_eval/" + expected.get("estimated").asText()));
    double collar = expected.get("collar_seconds").asDouble();
    double length = expected.get("offset_percentage_of_length").asDouble();
    assertThat(pair.labels()).containsExactlyElementsOf(texts(expected.get("labels")));
    List<String> files = texts(expected.get("files"));
    assertThat(pair.files()).containsExactlyElementsOf(files.isEmpty() ? List.of("") : files);
    Metrics events = EventBasedMetrics.onsetAndOffset(collar, length).measure(pair);
    assertEqual(events.overall(), expected.get("event_onset_offset"));
    assertEqual(
        EventBasedMetrics.onsetOnly(collar).measure(pair).overall(),
        expected.get("event_onset_only"));
    assertEqual(new SegmentBasedMetrics(1).measure(pair).overall(), expected.get("segment_1s"));
    JsonNode classWise = expected.get("class_wise_f");
    assertThat(classWise).hasSameSizeAs(events.classWise().keySet());
    events.classWise().forEach((label, it) -> assertEqual(it.fMeasure(), classWise.get(label)));
    assertThat(expected).as("nothing else is expected").hasSize(10);
  }

  private static void assertEqual(Counts counts, JsonNode expected) {
    JsonNode f = expected.get("f_measure");
    assertEqual(counts.fMeasure(), f.get("f_measure"));
    assertEqual(counts.precision(), f.get("precision"));
    assertEqual(counts.recall(), f.get("recall"));
    JsonNode errors = expected.get("error_rate");
    assertEqual(counts.errorRate(), errors.get("error_rate"));
    assertEqual(counts.substitutionRate(), errors.get("substitution_rate"));
    assertEqual(counts.deletionRate(), errors.get("deletion_rate"));
    assertEqual(counts.insertionRate(), errors.get("insertion_rate"));
    assertThat(f.size() + errors.size()).isEqualTo(7);
  }

  /** NaN equals NaN. */
  private static void assertEqual(double actual, JsonNode expected) {
    assertThat(expected.isDouble()).isTrue();
    double number = expected.doubleValue();
    if (Double.isNaN(number)) {
      assertThat(actual).isNaN();
    } else {
      assertThat(actual).isCloseTo(number, within(1e-6));
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
