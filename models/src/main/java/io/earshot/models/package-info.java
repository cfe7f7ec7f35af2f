/**
 * Front end, model packages, importers, ONNX Runtime, made sounds, training, quantisation and
 * evaluation.
 *
 * <pre>
 * sound -> feature -> patches 96 x 64 -> onnx -> scores, one per class
 *                                         |
 * a public model -> importer -> pack: model.yaml, network.onnx, labels.csv, card.md
 * a seed -> synth -> sound with its truth
 * labelled clips -> train -> pack, a backbone
 * a folder or CSV -> dataset -> transfer, behind a backbone -> pack
 *                               (trainers of heads: head, train)
 * a package and clips -> quantize -> pack, a network of integers
 * scores of clips -> evaluate -> calibration, thresholds, report, pictures
 * </pre>
 *
 * <p>Knows nothing of Kafka, of streams or of events: the detector brings the sound and takes the
 * scores.
 */
package io.earshot.models;
