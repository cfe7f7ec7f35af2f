package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code earshot evaluate}: how right what was heard is. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how right a model is: on labelled clips, each by itself (--data); or on scenes that are"
          + " mixed from them and streamed through the pipeline (--data, --scenes).",
      "Or compares two lists of events as sed_eval does (--reference, --estimated)."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin(name = "lists")
  private ListEvaluation lists;

  @Mixin(name = "scenes")
  private SceneOptions scenes;

  @Mixin(name = "folder")
  private FolderEvaluation folder;

  @Mixin(name = "data")
  private EvaluationDataOptions data;

  @Mixin(name = "detection")
  private DetectionOptions detection;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|json",
      description = "How the report is printed; text by default.")
  private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    if (isGiven("--reference") || isGiven("--estimated")) {
      refuse("two lists of events", "scenes", "folder", "data", "detection");
      return print(lists.report(format), 0);
    }
    if (isGiven("--scenes")) {
      refuse("--scenes", "lists", "folder");
      return evaluateScenes();
    }
    if (isGiven("--data")) {
      refuse("--data without --scenes", "lists", "scenes");
      return evaluateFolder();
    }
    throw new ParameterException(
        spec.commandLine(),
        "what is to be evaluated? Give --data, --scenes and --data, or --reference and --estimated");
  }

  private int evaluateFolder() throws UserException {
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    Complaints complaints = new Complaints(spec.commandLine().getErr());
    try (Interrupt interrupt = Interrupt.open()) {
      // There is nothing to close, and ONNX Runtime must not be taken down while it scores.
      interrupt.onRequest(() -> Runtime.getRuntime().halt(Interrupt.STATUS));
      return print(folder.report(config, model, data, format, complaints), complaints.status());
    }
  }

  private int evaluateScenes() throws Exception {
    Config config = detection.config();
    ModelPackage model = ModelOptions.model(config);
    Complaints complaints = new Complaints(spec.commandLine().getErr());
    List<String> report =
        new SceneEvaluation(scenes, data, complaints).report(config, model, format);
    return report.isEmpty() ? Interrupt.STATUS : print(report, complaints.status());
  }

  private int print(List<String> lines, int status) {
    lines.forEach(spec.commandLine().getOut()::println);
    return status;
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** What is given for another kind of evaluation would have no effect. */
  private void refuse(String kind, String... mixins) {
    for (String mixin : mixins) {
      for (OptionSpec option : spec.mixins().get(mixin).options()) {
        if (isGiven(option.longestName())) {
          throw new ParameterException(
              spec.commandLine(), option.longestName() + " does not go with " + kind);
        }
      }
    }
  }
}
