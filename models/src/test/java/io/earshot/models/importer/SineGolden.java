package io.earshot.models.importer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.earshot.models.SharedData;
import java.io.IOException;

/** An embedding of the real VGGish, behind its ReLU as in old releases, and its released form. */
record SineGolden(String source, float[] embedding, int[] postprocessed) {

  static SineGolden read() throws IOException {
    return new ObjectMapper()
        .readValue(
            SharedData.file("models/vggish/vggish_sine_golden.json").toFile(), SineGolden.class);
  }
}
