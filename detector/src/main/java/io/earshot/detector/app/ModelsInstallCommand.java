package io.earshot.detector.app;

import io.earshot.models.importer.InstallProgress;
import io.earshot.models.importer.ModelInstaller;
import io.earshot.models.pack.PackageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot models install}: a public model becomes a package. */
@Command(
    name = "install",
    mixinStandardHelpOptions = true,
    description = "Downloads a public model, checks its digest and makes a package of it.")
final class ModelsInstallCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Parameters(paramLabel = "NAME", description = "The model: yamnet or vggish.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "DIR|FILE",
      description = "Takes the model's files from here instead of their public address.")
  private Path from;

  @Override
  public Integer call() throws Exception {
    Config config = options.read(Map.of());
    if (!ModelInstaller.names().contains(name)) {
      throw UserException.wrongUse(
          "no model \"%s\" can be installed; there is: %s"
              .formatted(name, String.join(", ", ModelInstaller.names())));
    }
    if (from != null && Files.notExists(from)) {
      throw UserException.wrongUse(from + ": no such file or folder");
    }
    Path packages = Home.resolve(config.model().directory());
    try (DownloadBar bar = new DownloadBar()) {
      Path installed = new ModelInstaller().install(name, Optional.ofNullable(from), packages, bar);
      spec.commandLine().getErr().println("Installed " + name + " in " + installed);
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
    return 0;
  }

  /** The progress of each download, where standard error is a terminal. */
  private static final class DownloadBar implements InstallProgress, AutoCloseable {
    private String file;
    private Terminal.Bar bar;

    @Override
    public synchronized void received(String name, long bytes, long total) {
      if (!name.equals(file)) {
        close();
        bar = Terminal.bar("Downloading " + name, " MB", 1_000_000);
        file = name;
      }
      bar.total(total);
      bar.done(bytes);
    }

    @Override
    public synchronized void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
