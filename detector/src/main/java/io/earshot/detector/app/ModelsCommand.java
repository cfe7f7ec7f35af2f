package io.earshot.detector.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code earshot models}: the packages that listen. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    description = "Installs, lists, checks, trains, quantises and measures model packages.",
    subcommands = {
      ModelsInstallCommand.class,
      ModelsListCommand.class,
      ModelsVerifyCommand.class,
      ModelsInfoCommand.class,
      ModelsTrainBackboneCommand.class,
      ModelsQuantizeCommand.class,
      ModelsDistributionCommand.class
    })
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which one? See ./earshot models --help");
  }
}
