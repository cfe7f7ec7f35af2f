package io.earshot.models.head;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;

/**
 * Trains heads of one layer with LIBLINEAR: for each class, one plane between it and the rest.
 *
 * <pre>{@code
 * HeadTrainer trainer = LiblinearTrainer.linear(); // or svm()
 * DenseHead head = trainer.train(examples, none, progress);
 * }</pre>
 *
 * <p>Inputs are standardised; both sides of a plane weigh the same, however few examples one has. A
 * target of 0.5 or more is on the class's side, so an example may be of several classes. Nothing is
 * held out: the penalty on the weights keeps it from learning by heart. A logit of {@link #svm} is
 * 1 on the margin of the class and -1 on that of the rest.
 *
 * <p>Source: Fan and others, "LIBLINEAR: a library for large linear classification" (2008), by way
 * of Tribuo.
 */
public final class LiblinearTrainer implements HeadTrainer {
  private final LinearType type;
  private final double cost;

  private LiblinearTrainer(LinearType type, double cost) {
    this.type = type;
    this.cost = cost;
  }

  /** Logistic regression. */
  public static LiblinearTrainer linear() {
    return new LiblinearTrainer(LinearType.L2R_LR, 0.03);
  }

  /** Support vectors with squared hinge loss. */
  public static LiblinearTrainer svm() {
    return new LiblinearTrainer(LinearType.L2R_L2LOSS_SVC, 0.003);
  }

  /**
   * The same with another cost: what an example on the wrong side costs beside the weights'
   * squares.
   *
   * @param newCost above 0
   */
  LiblinearTrainer withCost(double newCost) {
    if (!(newCost > 0)) {
      throw new IllegalArgumentException("cost must be above 0: " + newCost);
    }
    return new LiblinearTrainer(type, newCost);
  }

  @Override
  public DenseHead train(Examples learnt, Examples heldOut, Progress progress)
      throws InterruptedException {
    Standardisation standard = Standardisation.of(learnt.inputs());
    BinaryProblem problem =
        new BinaryProblem(learnt.inputs().stream().map(standard::apply).toList());
    int classes = learnt.targets().get(0).length;
    List<Callable<Plane>> tasks = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      List<Boolean> ofClass = ofClass(learnt, c);
      tasks.add(() -> Plane.of(problem.solve(type, cost, ofClass)));
    }
    return new DenseHead(List.of(standard.folded(Plane.layer(solve(tasks, progress)))));
  }

  private static List<Plane> solve(List<Callable<Plane>> tasks, Progress progress)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Plane>> started = tasks.stream().map(pool::submit).toList();
      List<Plane> planes = new ArrayList<>();
      for (Future<Plane> plane : started) {
        // One that is solved already is handed out without a look at this.
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        planes.add(plane.get());
        progress.step(planes.size(), tasks.size());
      }
      return planes;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A class could not be learnt: " + e.getCause(), e);
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Boolean> ofClass(Examples examples, int index) {
    List<Boolean> sides = examples.targets().stream().map(row -> row[index] >= 0.5f).toList();
    if (!sides.contains(true) || !sides.contains(false)) {
      throw new IllegalArgumentException(
          "class %d needs an example at 0.5 or more and one below".formatted(index));
    }
    return sides;
  }
}
