package io.earshot.detector.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot evaluate}: how right what was heard is. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures events against the truth: two lists of events.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ListEvaluation lists;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|json",
      description = "How the report is printed; text by default.")
  private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    lists.report(format).forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
