package io.earshot.models.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFile;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadata;
import org.tensorflow.lite.support.metadata.schema.TensorMetadata;

/**
 * The labels inside a TFLite file: its metadata names a text file with one label a line, and that
 * file is in a zip archive appended to the flatbuffer (ai.google.dev/edge/litert: metadata, "Pack
 * the associated files").
 */
final class TfliteLabels {

  private static final String METADATA = "TFLITE_METADATA";
  private static final int LARGEST = 1 << 20;

  private TfliteLabels() {}

  static List<String> read(TfliteFile model, Path path) throws IOException {
    String name = fileName(model);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new TfliteException("holds no label file " + name);
      }
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] text = in.readNBytes(LARGEST);
        return new String(text, StandardCharsets.UTF_8).lines().map(String::strip).toList();
      }
    }
  }

  private static String fileName(TfliteFile model) {
    ByteBuffer metadata = model.metadata(METADATA);
    if (metadata != null) {
      SubGraphMetadata graph = ModelMetadata.getRootAsModelMetadata(metadata).subgraphMetadata(0);
      TensorMetadata scores = graph.outputTensorMetadata(0);
      for (int i = 0; i < scores.associatedFilesLength(); i++) {
        AssociatedFile file = scores.associatedFiles(i);
        if (file.type() == AssociatedFileType.TENSOR_AXIS_LABELS) {
          return file.name();
        }
      }
    }
    throw new TfliteException("names no label file in its metadata");
  }
}
