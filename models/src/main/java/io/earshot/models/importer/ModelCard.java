package io.earshot.models.importer;

import io.earshot.models.pack.FrontEnd;

/** {@code card.md} of an installed model. */
final class ModelCard {

  private ModelCard() {}

  static String of(CatalogueEntry entry, TfliteImporter.Imported imported) {
    FrontEnd frontEnd = entry.frontEnd();
    return """
        # %s

        %s
        | | |
        | --- | --- |
        | version | %s |
        | licence of the weights | %s |
        | source | <%s> |
        | sha256 of the source | `%s` |
        | input | `%s`, N x %d x %d float32: log-mel patches, log(mel + %s) |
        | output `embedding` | N x %d float32, what the classifier sees |
        | output `scores` | N x %d float32, 0 to 1 |
        | labels | %d, in `labels.csv` in the order of the scores |
        | default threshold | %s |

        Converted by Earshot from the TensorFlow Lite file: the 8-bit weights are dequantised, all
        arithmetic is float32, and the graph starts at the patch, since Earshot computes the
        front end itself.
        """
        .formatted(
            entry.name(),
            entry.about(),
            entry.version(),
            entry.licence(),
            entry.address(),
            entry.sha256(),
            NetworkTranslation.PATCHES,
            frontEnd.frames(),
            frontEnd.bands(),
            frontEnd.logOffset(),
            imported.embeddingSize(),
            imported.labels().size(),
            imported.labels().size(),
            entry.threshold());
  }
}
