package io.earshot.models.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;

class LiblinearTrainerTest {
  private static final Examples NONE = new Examples(List.of(), List.of());

  private static DenseHead train(LiblinearTrainer trainer, Examples examples) throws Exception {
    return trainer.train(examples, NONE, (step, steps) -> {});
  }

  /** One input, one class: below 0 it is not there, above it is. */
  private static Examples line(float... points) {
    List<float[]> inputs = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (float point : points) {
      inputs.add(new float[] {point});
      targets.add(new float[] {point > 0 ? 1 : 0});
    }
    return new Examples(inputs, targets);
  }

  @Test
  void logisticRegressionFindsTheLogOddsOfTwoGaussians() throws Exception {
    // At -1 and 1 with deviation 1 the log odds of x are 2 x, if both sides weigh the same.
    Random random = new Random(1);
    List<float[]> inputs = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      boolean positive = i % 5 == 0;
      inputs.add(new float[] {(float) (random.nextGaussian() + (positive ? 1 : -1))});
      targets.add(new float[] {positive ? 1 : 0});
    }
    DenseHead head = train(LiblinearTrainer.linear(), new Examples(inputs, targets));
    assertThat(head.logits(new float[] {0})[0]).isCloseTo(0f, within(0.1f));
    assertThat(head.logits(new float[] {1})[0]).isCloseTo(2f, within(0.1f));
    assertThat(head.logits(new float[] {-2})[0]).isCloseTo(-4f, within(0.2f));
  }

  @Test
  void supportVectorsLieOnTheMargins() throws Exception {
    // The widest margin between -2 and 2 is that of x / 2; what lies further out does not count.
    DenseHead head = train(LiblinearTrainer.svm().withCost(1e4), line(-9, -3, -2, 2, 3, 9));
    assertThat(head.logits(new float[] {2})[0]).isCloseTo(1f, within(1e-3f));
    assertThat(head.logits(new float[] {-2})[0]).isCloseTo(-1f, within(1e-3f));
    assertThat(head.logits(new float[] {6})[0]).isCloseTo(3f, within(1e-2f));
  }

  @ParameterizedTest
  @EnumSource(
      value = LinearType.class,
      names = {"L2R_LR", "L2R_L2LOSS_SVC"})
  void thePlaneScoresAsTheLibraryDoes(LinearType type) {
    Random random = new Random(2);
    List<float[]> inputs = new ArrayList<>();
    List<Boolean> ofClass = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      inputs.add(gaussian(random, 12));
      ofClass.add(inputs.get(i)[3] + inputs.get(i)[11] > 0.5 * random.nextGaussian());
    }
    BinaryProblem problem = new BinaryProblem(inputs.subList(0, 100));
    LibLinearClassificationModel model = problem.solve(type, 1, ofClass.subList(0, 100));
    DenseHead head = new DenseHead(List.of(Plane.layer(List.of(Plane.of(model)))));
    for (float[] heldOut : inputs.subList(100, 120)) {
      Prediction<Label> theirs = model.predict(problem.example(heldOut, BinaryProblem.REST));
      double score = theirs.getOutputScores().get("class").getScore();
      double logit = head.logits(heldOut)[0];
      double ours = type == LinearType.L2R_LR ? 1 / (1 + Math.exp(-logit)) : logit;
      assertThat(ours).isCloseTo(score, within(1e-5));
      assertThat(logit > 0).isEqualTo(theirs.getOutput().getLabel().equals("class"));
    }
  }

  @Test
  void anExampleMayBeOfSeveralClasses() throws Exception {
    List<float[]> inputs = new ArrayList<>();
    List<float[]> targets = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      float[] input = gaussian(random, 2);
      inputs.add(input);
      targets.add(new float[] {input[0] > 0 ? 0.6f : 0.4f, input[1] > 0 ? 1 : 0});
    }
    DenseHead head = train(LiblinearTrainer.svm().withCost(10), new Examples(inputs, targets));
    assertThat(head.logits(new float[] {1, 1})).satisfies(both -> assertSigns(both, 1, 1));
    assertThat(head.logits(new float[] {1, -1})).satisfies(one -> assertSigns(one, 1, -1));
    assertThat(head.logits(new float[] {-1, -1})).satisfies(none -> assertSigns(none, -1, -1));
  }

  @Test
  void trainingAgainGivesTheSameHead() throws Exception {
    Examples examples = line(-3, -1, 0.5f, 2);
    float[] probe = {0.7f};
    assertThat(train(LiblinearTrainer.linear(), examples).logits(probe))
        .isEqualTo(train(LiblinearTrainer.linear(), examples).logits(probe));
  }

  @Test
  void eachClassIsAStep() throws Exception {
    List<String> steps = new ArrayList<>();
    Examples two =
        new Examples(
            List.of(new float[] {1}, new float[] {-1}),
            List.of(new float[] {1, 0}, new float[] {0, 1}));
    LiblinearTrainer.linear().train(two, NONE, (step, of) -> steps.add(step + " of " + of));
    assertThat(steps).containsExactly("1 of 2", "2 of 2");
  }

  @Test
  void aClassWithoutACounterexampleIsRefused() {
    assertThatThrownBy(() -> train(LiblinearTrainer.linear(), line(1, 2)))
        .hasMessage("class 0 needs an example at 0.5 or more and one below");
  }

  @Test
  void anInterruptedTrainingEnds() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> train(LiblinearTrainer.linear(), line(-1, 1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static float[] gaussian(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertSigns(float[] logits, int... signs) {
    for (int i = 0; i < signs.length; i++) {
      assertThat(Math.signum(logits[i])).isEqualTo(signs[i]);
    }
  }
}
