package io.earshot.detector.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code earshot models list}: what is installed. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the installed model packages, also those with a fault.")
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PackageOptions options;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|jsonl",
      description = "How packages are printed; text by default.")
  private ModelFormat format;

  @Override
  public Integer call() throws Exception {
    List<PackageState> packages = options.installed().stream().map(PackageState::read).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (format == ModelFormat.JSONL) {
      for (PackageState state : packages) {
        out.println(PackageJson.summary(state));
      }
    } else if (packages.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("No model package in " + options.directory() + ". To install one:");
      err.println("./earshot models install yamnet");
    } else {
      PackageTable.of(packages).forEach(out::println);
    }
    return 0;
  }
}
