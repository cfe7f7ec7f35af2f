package io.earshot.detector.app;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.PackageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot models info}: all that is known of one package. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description = "Tells all of a model package: source, digests, shapes, thresholds, labels.")
final class ModelsInfoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private PackageOptions options;

  @Parameters(paramLabel = "NAME|DIR", description = "An installed package, or a package's folder.")
  private String name;

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "text|jsonl",
      description = "How it is printed; text by default.")
  private ModelFormat format;

  @Override
  public Integer call() throws Exception {
    ModelPackage model = read();
    PrintWriter out = spec.commandLine().getOut();
    if (format == ModelFormat.JSONL) {
      out.println(PackageJson.all(model));
    } else {
      PackageText.of(model).forEach(out::println);
    }
    return 0;
  }

  private ModelPackage read() throws UserException {
    try {
      return ModelPackage.load(options.named(List.of(name)).get(0));
    } catch (PackageException e) {
      throw UserException.failed(e.getMessage(), e);
    }
  }
}
