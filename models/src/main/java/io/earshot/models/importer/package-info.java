/**
 * Models of others turned into model packages: fetch, check, read, convert, try out, write.
 *
 * <pre>
 * ModelInstaller -> Download, Mirror -> PublicModel -> pack.PackageWriter
 *                   (InstallFolder)
 *
 * Yamnet: TfliteFile -> NetworkTranslation -> onnx.OnnxGraph
 *                    -> TfliteLabels
 *
 * Vggish: TfCheckpoint -> VggishImporter      -> onnx.OnnxGraph
 *         NpyArray     -> VggishPostprocessor -> VggishSmokeTest
 * </pre>
 *
 * <p>Builds ONNX graphs with {@code onnx}, writes them with {@code pack}; {@code feature} gives the
 * smoke test its patches. The only package that knows TensorFlow's file formats and TensorFlow
 * Lite's flatbuffer schema.
 */
package io.earshot.models.importer;
