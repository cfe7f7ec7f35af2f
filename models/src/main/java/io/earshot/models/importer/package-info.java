/**
 * Models of others turned into model packages: fetch, check, read, convert, write.
 *
 * <pre>
 * ModelInstaller -> Download, Mirror -> PublicModel -> pack.PackageWriter
 *                   (InstallFolder)     Yamnet -> TfliteFile -> NetworkTranslation, TfliteLabels
 * </pre>
 *
 * <p>Builds ONNX graphs with {@code onnx}, writes them with {@code pack}. The only package that
 * knows TensorFlow Lite's flatbuffer schema.
 */
package io.earshot.models.importer;
