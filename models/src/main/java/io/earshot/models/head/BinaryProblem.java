package io.earshot.models.head;

import com.oracle.labs.mlrg.olcut.util.Pair;
import de.bwaldvogel.liblinear.FeatureNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;
import org.tribuo.common.liblinear.LibLinearTrainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Some inputs, to be parted into a class and the rest, once for each class.
 *
 * <p>Any thread may solve, also several at once.
 */
final class BinaryProblem {
  static final Label CLASS = new Label("class");
  static final Label REST = new Label("rest");

  private static final double TOLERANCE = 0.01;
  private static final LabelFactory FACTORY = new LabelFactory();

  private final String[] names;
  private final MutableDataset<Label> domain =
      new MutableDataset<>(new SimpleDataSourceProvenance("embeddings", FACTORY), FACTORY);
  private final FeatureNode[][] rows;

  /**
   * @param inputs one or more, all of one length
   */
  BinaryProblem(List<float[]> inputs) {
    names = names(inputs.get(0).length);
    domain.add(example(inputs.get(0), CLASS));
    domain.add(example(inputs.get(0), REST));
    ImmutableFeatureMap features = domain.getFeatureIDMap();
    rows = new FeatureNode[inputs.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = LibLinearTrainer.exampleToNodes(example(inputs.get(i), REST), features, null);
    }
  }

  /** In the order of the inputs also when sorted as text, as the library does. */
  private static String[] names(int count) {
    return IntStream.range(0, count).mapToObj("%06d"::formatted).toArray(String[]::new);
  }

  /**
   * Finds the plane between the inputs of the class and the rest.
   *
   * @param ofClass one per input; both kinds must be there
   */
  LibLinearClassificationModel solve(LinearType type, double cost, List<Boolean> ofClass) {
    LibLinearClassificationTrainer trainer = new Relabelled(type, cost, rows, ofClass);
    trainer.setLabelWeights(weights(ofClass));
    return (LibLinearClassificationModel) trainer.train(domain);
  }

  Example<Label> example(float[] input, Label label) {
    double[] values = new double[input.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = input[i];
    }
    return new ArrayExample<>(label, names, values);
  }

  /** Each side weighs as much as half of all examples. */
  private static Map<Label, Float> weights(List<Boolean> ofClass) {
    float all = ofClass.size();
    float positives = ofClass.stream().filter(positive -> positive).count();
    return Map.of(CLASS, all / (2 * positives), REST, all / (2 * (all - positives)));
  }

  /**
   * The library's trainer on rows that are there already: from examples it would make them anew for
   * each class, which takes longer than solving. The data that it is given only name the inputs and
   * the labels.
   */
  private static final class Relabelled extends LibLinearClassificationTrainer {
    private final FeatureNode[][] rows;
    private final List<Boolean> ofClass;

    Relabelled(LinearType type, double cost, FeatureNode[][] rows, List<Boolean> ofClass) {
      super(new LinearClassificationType(type), cost, TOLERANCE);
      this.rows = rows;
      this.ofClass = ofClass;
    }

    @Override
    protected Pair<FeatureNode[][], double[][]> extractData(
        Dataset<Label> domain, ImmutableOutputInfo<Label> labels, ImmutableFeatureMap features) {
      double[] sides =
          ofClass.stream().mapToDouble(is -> labels.getID(is ? CLASS : REST)).toArray();
      return new Pair<>(rows, new double[][] {sides});
    }
  }
}
