/**
 * Models of others turned into model packages: fetch, check, read, convert, write.
 *
 * <pre>
 * ModelInstaller -> Download -> TfliteFile -> NetworkTranslation -> pack.PackageWriter
 *                                         -> TfliteLabels
 * VggishImporter -> TfCheckpoint -> Sstable
 * VggishSmokeTest -> VggishPostprocessor -> NpyArray
 * </pre>
 *
 * <p>Builds ONNX graphs with {@code onnx}, writes them with {@code pack}; {@code feature} gives the
 * smoke test its patches. The only package that knows TensorFlow Lite's flatbuffer schema.
 */
package io.earshot.models.importer;
