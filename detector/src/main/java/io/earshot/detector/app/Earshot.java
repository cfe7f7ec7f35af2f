package io.earshot.detector.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. Results go to standard output, all else to standard error. */
@Command(
    name = "earshot",
    description = "Hears what happens in sound: labelled events with onset, offset and confidence.",
    mixinStandardHelpOptions = true,
    versionProvider = Earshot.Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done",
      "1:failed at work",
      "2:wrong usage or configuration",
      "130:cut short by Ctrl-C"
    },
    subcommands = {
      DemoCommand.class,
      DetectCommand.class,
      ListenCommand.class,
      ProducerCommand.class,
      DetectorCommand.class,
      BrokerCommand.class,
      EventsCommand.class,
      AlertsCommand.class,
      ClipCommand.class,
      ReplayCommand.class,
      ModelsCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      BenchCommand.class
    })
public final class Earshot implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    int status;
    try {
      status = commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      System.err.println("earshot: out of memory; give Java more: EARSHOT_JAVA_OPTS=-Xmx8g");
      status = UserException.FAILED;
    }
    System.exit(status);
  }

  /** The version that the build has written. */
  static String version() {
    String version = Earshot.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Earshot());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Earshot::refuse);
    line.setExecutionExceptionHandler(Earshot::explain);
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? See ./earshot --help");
  }

  private static int refuse(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String problem = e.getMessage().lines().findFirst().orElse("wrong usage");
    line.getErr().println("earshot: " + problem.replaceFirst("^Error: ", ""));
    line.getErr().println("Try: ./" + name + " --help");
    return UserException.WRONG_USE;
  }

  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult result) {
    if (e instanceof UserException known) {
      line.getErr().println("earshot: " + known.getMessage());
      return known.status;
    }
    line.getErr().println("earshot: " + Failure.oneLine(e));
    return UserException.FAILED;
  }

  /** Tells it on the command line. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"earshot " + version()};
    }
  }
}
