package io.earshot.models.importer;

import io.earshot.models.pack.FrontEnd;
import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the network and the labels out of a TFLite audio classifier. */
final class TfliteImporter {

  private TfliteImporter() {}

  /**
   * What a package needs of the file.
   *
   * @param onnx the network as an ONNX model
   */
  record Imported(ByteBuffer onnx, int embeddingSize, List<String> labels) {}

  /**
   * Reads a file, sound or not; whoever calls has looked at its size and digest.
   *
   * @throws PackageException one line that says what is wrong or not supported
   */
  static Imported read(Path path, String name, FrontEnd frontEnd) throws PackageException {
    try {
      TfliteFile file = TfliteFile.of(ByteBuffer.wrap(Files.readAllBytes(path)));
      NetworkTranslation.Translated network =
          NetworkTranslation.translate(file, name, frontEnd.frames(), frontEnd.bands());
      List<String> labels = TfliteLabels.read(file, path);
      if (labels.size() != network.classes()) {
        throw new TfliteException(
            "has %d labels for %d classes".formatted(labels.size(), network.classes()));
      }
      return new Imported(
          ByteBuffer.wrap(network.graph().toBytes()), network.embeddingSize(), labels);
    } catch (TfliteException e) {
      throw new PackageException("%s %s".formatted(path.getFileName(), e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      // The flatbuffer classes do not check what they read: damage shows as whatever it hits.
      throw new PackageException(
          "%s is damaged: %s".formatted(path.getFileName(), PackageException.reason(e)), e);
    }
  }
}
