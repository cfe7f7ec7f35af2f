package io.earshot.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earshot.models.onnx.GraphRun;
import io.earshot.models.onnx.ModelException;
import io.earshot.models.onnx.OnnxGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeadCheckTest {
  private static final List<float[]> INPUTS = List.of(new float[] {1, 2}, new float[] {-1, 3});

  /** (x - y + 1, 2 y - 5), rectified, then 3 a - b + 0.5. */
  private static final DenseHead HEAD =
      new DenseHead(
          List.of(
              new DenseLayer(2, 2, new float[] {1, -1, 0, 2}, new float[] {1, -5}),
              new DenseLayer(2, 1, new float[] {3, -1}, new float[] {0.5f})));

  /** (0, -1) becomes (0, 0); (-3, 1) becomes (0, 1). */
  private static final float[] LOGITS = {0.5f, -0.5f};

  private final HeadCheck check = new HeadCheck(HEAD, INPUTS);

  @Test
  void theGraphComputesTheLayersWorkedByHand() {
    OnnxGraph graph = new OnnxGraph("head").input("x", 2);
    graph.output(HEAD.addTo(graph, "x"), 1);
    assertThat(GraphRun.of(graph, 2, 2, new float[] {1, 2, -1, 3})).containsExactly(LOGITS);
    assertThatCode(check::onnx).doesNotThrowAnyException();
  }

  @Test
  void theTrainersOwnScoresPass() {
    assertThatCode(() -> check.trainer(LOGITS)).doesNotThrowAnyException();
  }

  @Test
  void aScoreThatIsOffIsRefused() {
    // The sigmoid rises by 0.235 a unit there.
    assertThatThrownBy(() -> check.trainer(new float[] {0.5001f, -0.5f}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "The head and its trainer differ: scores by 2.4e-05, logits by 1.0e-04");
  }

  @Test
  void aLogitThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> check.trainer(new float[] {Float.NaN, -0.5f}))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void aGraphThatDoesNotRunIsRefusedInOneLine() {
    OnnxGraph graph = new OnnxGraph("broken").input("x", 2).output("y", 2);
    graph.node("NoSuchOperator", List.of("x"), "y");
    assertThatThrownBy(() -> GraphRun.of(graph, 1, 2, new float[2]))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("ONNX Runtime failed: ")
        .hasMessageNotContaining("\n");
  }
}
