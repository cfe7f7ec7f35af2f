package io.earshot.detector.app;

import io.earshot.detector.web.InstalledModel;
import io.earshot.models.pack.ModelPackage;
import io.earshot.models.pack.ModelPackages;
import io.earshot.models.pack.PackageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The model packages there are, looked at once a minute at most: each file's digest is checked. */
final class InstalledModels implements Supplier<List<InstalledModel>> {
  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path directory;
  private final ModelPackage inUse;
  private List<InstalledModel> known;
  private long sinceNanos;

  /**
   * @param directory that packages are installed in
   * @param inUse which may be elsewhere
   */
  InstalledModels(Path directory, ModelPackage inUse) {
    this.directory = directory;
    this.inUse = inUse;
  }

  @Override
  public synchronized List<InstalledModel> get() {
    long now = System.nanoTime();
    if (known == null || now - sinceNanos > KEPT_NANOS) {
      known = read();
      sinceNanos = now;
    }
    return known;
  }

  private List<InstalledModel> read() {
    List<InstalledModel> models = new ArrayList<>();
    models.add(sound(inUse, true));
    for (Path path : installed()) {
      if (!path.toAbsolutePath().equals(inUse.directory().toAbsolutePath())) {
        models.add(model(PackageState.read(path)));
      }
    }
    return List.copyOf(models);
  }

  private List<Path> installed() {
    try {
      return ModelPackages.installed(directory);
    } catch (PackageException e) {
      return List.of();
    }
  }

  private static InstalledModel model(PackageState state) {
    return state.isSound()
        ? sound(state.model(), false)
        : new InstalledModel(
            state.name(), null, null, null, null, null, null, false, state.fault());
  }

  private static InstalledModel sound(ModelPackage model, boolean inUse) {
    return new InstalledModel(
        model.name(),
        model.version(),
        PackageText.kind(model),
        model.manifest().licence(),
        model.classes(),
        model.hop().toMillis(),
        PackageText.bytes(model),
        inUse,
        null);
  }
}
