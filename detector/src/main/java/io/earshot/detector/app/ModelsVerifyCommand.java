package io.earshot.detector.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot models verify}: whether packages are sound. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks model packages: manifest, digests, labels and shapes, and runs the network once.",
      "Exit status 1 if one has a fault."
    })
final class ModelsVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PackageOptions options;

  @Parameters(
      paramLabel = "NAME|DIR",
      arity = "0..*",
      description = "An installed package, or a package's folder; all that are installed if none.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws Exception {
    List<Path> directories = names.isEmpty() ? options.installed() : options.named(names);
    int status = 0;
    for (Path directory : directories) {
      PackageState state = PackageState.tried(directory);
      spec.commandLine()
          .getOut()
          .println(state.name() + "  " + (state.isSound() ? "ok" : state.fault()));
      status = state.isSound() ? status : UserException.FAILED;
    }
    return status;
  }
}
