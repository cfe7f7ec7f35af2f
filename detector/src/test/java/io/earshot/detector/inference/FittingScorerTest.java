package io.earshot.detector.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.earshot.models.feature.LogMel;
import io.earshot.models.onnx.ModelException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FittingScorerTest {
  private final List<Integer> sizes = new ArrayList<>();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private int room;
  private final FittingScorer scorer = new FittingScorer(this::score, 2);

  @BeforeEach
  void listen() {
    lines.start();
    ((Logger) LoggerFactory.getLogger(FittingScorer.class)).addAppender(lines);
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger(FittingScorer.class)).detachAppender(lines);
  }

  @Test
  void aBatchThatDoesNotFitIsHalvedUntilItDoes() throws Exception {
    room = 5;
    assertThat(scored(16)).isTrue();
    assertThat(sizes).containsExactly(16, 8, 4, 4, 4, 4);
  }

  @Test
  void theSizeIsRememberedAndToldOnce() throws Exception {
    room = 3;
    assertThat(scored(11)).isTrue();
    sizes.clear();
    room = 100;
    assertThat(scored(7)).isTrue();
    assertThat(sizes).containsExactly(2, 2, 2, 1);
    assertThat(lines.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("11 patches", "inference.max_batch lower", "Failed to allocate memory");
  }

  @Test
  void aBatchThatFitsIsHandedOnWhole() throws Exception {
    room = 16;
    assertThat(scored(16)).isTrue();
    assertThat(sizes).containsExactly(16);
    assertThat(lines.list).isEmpty();
  }

  @Test
  void noRoomForOnePatchIsAFailure() {
    room = 0;
    assertThatThrownBy(() -> scored(4)).isInstanceOf(ModelException.class);
    assertThat(sizes).containsExactly(4, 2, 1);
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    FittingScorer broken =
        new FittingScorer(
            (patches, count, scores) -> {
              sizes.add(count);
              throw new ModelException("ONNX Runtime failed: invalid shape");
            },
            2);
    FloatBuffer patches = FloatBuffer.allocate(2 * LogMel.PATCH_FLOATS);
    assertThatThrownBy(() -> broken.score(patches, 2, FloatBuffer.allocate(4)))
        .hasMessageContaining("invalid shape");
    assertThat(sizes).containsExactly(2);
  }

  /** Whether each patch got its own scores: its first float, and that doubled. */
  private boolean scored(int count) throws Exception {
    FloatBuffer patches = FloatBuffer.allocate(count * LogMel.PATCH_FLOATS);
    for (int i = 0; i < count; i++) {
      patches.put(i * LogMel.PATCH_FLOATS, i + 1);
    }
    FloatBuffer scores = FloatBuffer.allocate(2 * count);
    scorer.score(patches, count, scores);
    for (int i = 0; i < count; i++) {
      if (scores.get(2 * i) != i + 1 || scores.get(2 * i + 1) != 2 * (i + 1)) {
        return false;
      }
    }
    return true;
  }

  /** As ONNX Runtime says it when its arena for CUDA cannot grow. */
  private void score(FloatBuffer patches, int count, FloatBuffer scores) {
    sizes.add(count);
    if (count > room) {
      throw new ModelException(
          "ONNX Runtime failed: Non-zero status code returned while running Conv node. bfc_arena.cc:376"
              + " Failed to allocate memory for requested buffer of size 2830172160");
    }
    for (int i = 0; i < count; i++) {
      float first = patches.get(i * LogMel.PATCH_FLOATS);
      scores.put(2 * i, first);
      scores.put(2 * i + 1, 2 * first);
    }
  }
}
