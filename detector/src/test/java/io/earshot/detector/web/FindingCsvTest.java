package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingCsvTest {
  private static final String HEADER =
      "id,reason,stream,label,onset,offset,duration_ms,confidence,threshold,model,model_version\r\n";

  @Test
  void eachFindingIsALine() {
    String json =
        """
        {"id":"1","reason":"too_short","stream":"yard","label":"dog","onset":"2026-01-02T03:04:05Z",
         "offset":null,"duration_ms":960,"confidence":0.5,"threshold":0.25,"new":1,
         "model":{"name":"base","version":"1.0"}}""";
    assertThat(write(json))
        .isEqualTo(HEADER + "1,too_short,yard,dog,2026-01-02T03:04:05Z,,960,0.5,0.25,base,1.0\r\n");
  }

  @Test
  void ofNothingThereIsAHeader() {
    assertThat(write()).isEqualTo(HEADER);
  }

  /** Quotes and line ends by RFC 4180; no program for tables may take a text for a formula. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Bee, wasp | '\"Bee, wasp\"'",
        "a \\\"b\\\" | '\"a \"\"b\"\"\"'",
        "a\\r\\nb | '\"a\r\nb\"'",
        "=1+1 | '''=1+1'",
        "+1 | '''+1'",
        "-x | '''-x'",
        "@sum | '''@sum'",
        "a=b | a=b"
      })
  void hostileLabelsAreText(String label, String cell) {
    assertThat(write("{\"label\":\"" + label + "\",\"confidence\":-1}"))
        .isEqualTo(HEADER + ",,," + cell + ",,,,-1,,,\r\n");
  }

  private static String write(String... json) {
    return new String(
        FindingCsv.CANDIDATES.write(
            List.of(json).stream().map(one -> one.getBytes(UTF_8)).toList()),
        UTF_8);
  }
}
