package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchScoringTest {
  private final List<Integer> sizes = new ArrayList<>();
  private final Set<Float> refused = new HashSet<>();
  private final Set<Float> withoutNumber = new HashSet<>();
  private int failures;
  private boolean broken;
  private final BatchScoring scoring = new BatchScoring(this::score, 2, 8);

  @Test
  void aBatchThatFailsOnceIsScoredPatchByPatch() throws Exception {
    failures = 1;
    scoring.score(patches(1, 2, 3), 3);
    assertThat(sizes).containsExactly(3, 1, 1, 1);
    assertScores(1, 2, 3);
  }

  @Test
  void onlyThePatchThatFailsAloneHasNoScores() throws Exception {
    refused.add(2f);
    scoring.score(patches(1, 2, 3), 3);
    assertScores(1, 0, 3);
    assertThat(scoring.fault(1)).contains("refused 2.0");
    assertThat(sizes).as("the last is the network's own trial").containsExactly(3, 1, 1, 1, 1);
  }

  @Test
  void aScoreThatIsNoNumberIsTheFaultOfItsPatch() throws Exception {
    withoutNumber.add(3f);
    scoring.score(patches(1, 2, 3), 3);
    assertScores(1, 2, 0);
    assertThat(scoring.fault(2)).isEqualTo("a score is no number: NaN");
    assertThat(sizes).containsExactly(3, 1);
  }

  @Test
  void aFaultIsForgottenWithItsBatch() throws Exception {
    refused.add(2f);
    scoring.score(patches(2), 1);
    assertThat(scoring.fault(0)).isNotNull();
    scoring.score(patches(5), 1);
    assertScores(5);
  }

  @Test
  void bothWhenAllOfABatchFailAndWhenOneDoesTheNetworkIsTried() throws Exception {
    refused.addAll(Set.of(1f, 2f));
    scoring.score(patches(1, 2), 2);
    assertScores(0, 0);
    broken = true;
    for (FloatBuffer batch : List.of(patches(7), patches(7, 8))) {
      assertThatThrownBy(() -> scoring.score(batch, batch.capacity() / LogMel.PATCH_FLOATS))
          .isInstanceOf(ModelException.class)
          .hasMessage("the network fails on every patch: broken")
          .hasNoCause();
    }
  }

  @Test
  void anErrorThatIsNotTheNetworksIsNotTriedAgain() {
    BatchScoring other =
        new BatchScoring(
            (patches, count, scores) -> {
              sizes.add(count);
              throw new IllegalStateException("a bug");
            },
            2,
            8);
    assertThatThrownBy(() -> other.score(patches(1, 2), 2)).hasMessage("a bug");
    assertThat(sizes).containsExactly(2);
  }

  private void score(FloatBuffer patches, int count, FloatBuffer scores) {
    sizes.add(count);
    if (broken) {
      throw new ModelException("broken");
    }
    if (failures-- > 0) {
      throw new ModelException("once");
    }
    for (int i = 0; i < count; i++) {
      float first = patches.get(i * LogMel.PATCH_FLOATS);
      if (refused.contains(first)) {
        throw new ModelException("refused " + first);
      }
      scores.put(2 * i, withoutNumber.contains(first) ? Float.NaN : first);
      scores.put(2 * i + 1, -first);
    }
  }

  private static FloatBuffer patches(float... firsts) {
    FloatBuffer patches = FloatBuffer.allocate(firsts.length * LogMel.PATCH_FLOATS);
    for (int i = 0; i < firsts.length; i++) {
      patches.put(i * LogMel.PATCH_FLOATS, firsts[i]);
    }
    return patches;
  }

  /** Each first score; 0 stands for a patch that has none. */
  private void assertScores(float... firsts) {
    for (int i = 0; i < firsts.length; i++) {
      assertThat(scoring.fault(i) == null).as("patch %d has scores", i).isEqualTo(firsts[i] != 0);
      if (firsts[i] != 0) {
        ByteBuffer scores = ByteBuffer.wrap(scoring.scores(i)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(scores.getFloat()).isEqualTo(firsts[i]);
        assertThat(scores.getFloat()).isEqualTo(-firsts[i]);
      }
    }
  }
}
