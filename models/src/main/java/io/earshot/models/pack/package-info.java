/**
 * Model packages on disk: what is in them, and whether it is sound.
 *
 * <p>A package is a directory with {@code model.yaml} (the {@link
 * io.earshot.models.pack.Manifest}), an ONNX network, {@code labels.csv} (where the network scores
 * labels), {@code card.md}, and whatever else belongs to the model. {@code importer} writes
 * packages with {@link io.earshot.models.pack.PackageWriter}; {@code onnx} runs the network of a
 * loaded {@link io.earshot.models.pack.ModelPackage}; {@code feature} computes the patches that its
 * {@link io.earshot.models.pack.FrontEnd} describes. This package knows none of them.
 */
package io.earshot.models.pack;
