package io.earshot.models.quantize;

import io.earshot.models.pack.ModelPackage;
import io.earshot.models.transfer.SoundReader;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is quantised, and by what.
 *
 * @param model a package with a float32 network
 * @param name of the new package
 * @param clips real sound of the kind that the package will hear
 * @param labels what the package calls each label of the clips that it has
 * @param ranges how the range of each tensor is found
 * @param temporary an empty folder
 * @param command how it was asked for, for the package's source
 */
public record QuantizeRequest(
    ModelPackage model,
    String name,
    CalibrationClips clips,
    Map<String, String> labels,
    Ranges ranges,
    SoundReader reader,
    Path temporary,
    String command) {

  public QuantizeRequest {
    labels = Map.copyOf(labels);
  }
}
