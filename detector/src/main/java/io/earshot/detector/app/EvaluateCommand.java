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
      "Measures events against the truth, as sed_eval does: those of two lists (--reference,"
          + " --estimated), or those of scenes that are mixed from labelled clips and streamed"
          + " through the pipeline (--scenes, --data)."
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin(name = "lists")
  private ListEvaluation lists;

  @Mixin(name = "scenes")
  private SceneOptions scenes;

  @Mixin(name = "data")
  private DataOptions data;

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
      refuse("two lists of events", "scenes", "data", "detection");
      return print(lists.report(format), 0);
    }
    if (isGiven("--scenes")) {
      refuse("--scenes", "lists");
      return evaluateScenes();
    }
    throw new ParameterException(
        spec.commandLine(),
        "what is to be evaluated? Give --reference and --estimated, or --scenes and --data");
  }

  private int evaluateScenes() throws Exception {
    Config config = detection.config();
    ModelPackage model = DetectionOptions.model(config);
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
