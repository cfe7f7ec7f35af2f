/**
 * Training with PyTorch: of backbones, from labelled clips to a model package, and of heads.
 *
 * <pre>
 * clips -> ExampleMixer -> Batches -> BackboneFit (Student, Teacher) -> NetworkWeights
 *                                                                         |
 *      BackboneCard, thresholds &lt;- Judgement &lt;- evaluate.Calibration &lt;- leave one fold out
 *                                                                         |
 *                              NetworkGraph -> pack.PackageWriter -> a package
 *
 * head.Examples -> MlpTrainer (MlpFit, Perceptron, EarlyStopping) -> head.DenseHead
 * </pre>
 *
 * <p>Hears with {@code feature} what the detector hears, mixes with the sounds of {@code synth},
 * judges by running the package with {@code onnx}. The only package that knows DJL and PyTorch,
 * which are on the class path only of a build with the profile {@code train}.
 */
package io.earshot.models.train;
