package io.earshot.detector.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.earshot.detector.bench.SoundPattern;
import io.earshot.models.feature.LogMel;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchScorerTest {
  private static final float[] LOUD = {0.9f, 0.1f};
  private static final float[] QUIET = {0.2f, 0.3f};

  private final List<float[]> patches = new SoundPattern().patches(new LogMel(0.01), 960);
  private final BenchScorer scorer =
      new BenchScorer(
          (in, count, out) -> out.put(0, 7f), patches.get(0), LOUD, patches.get(1), QUIET);

  @Test
  void aRestingNetworkSaysOfEveryPatchWhatItSaidOfOneAsLoud() throws Exception {
    FloatBuffer batch = FloatBuffer.allocate(patches.size() * LogMel.PATCH_FLOATS);
    patches.forEach(batch::put);
    FloatBuffer scores = FloatBuffer.allocate(patches.size() * 2);
    scorer.rest(true);
    scorer.score(batch, patches.size(), scores);
    for (int i = 0; i < patches.size(); i++) {
      float[] expected = i % 2 == 0 ? LOUD : QUIET;
      assertThat(new float[] {scores.get(2 * i), scores.get(2 * i + 1)}).isEqualTo(expected);
    }
  }

  @Test
  void aNetworkThatDoesNotRestScores() throws Exception {
    FloatBuffer scores = FloatBuffer.allocate(2);
    scorer.score(FloatBuffer.wrap(patches.get(0)), 1, scores);
    assertThat(scores.get(0)).isEqualTo(7f);
  }
}
