/**
 * Front end, model packages, importers and ONNX Runtime.
 *
 * <pre>
 * sound -> feature -> patches 96 x 64 -> onnx -> scores, one per class
 *                                         |
 * a public model -> importer -> pack: model.yaml, network.onnx, labels.csv, card.md
 * </pre>
 *
 * <p>Knows nothing of Kafka, of streams or of events: the detector brings the sound and takes the
 * scores.
 */
package io.earshot.models;
