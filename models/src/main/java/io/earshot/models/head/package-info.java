/**
 * Heads: small networks that make scores of a backbone's embeddings, and what trains them.
 *
 * <pre>
 * embeddings and targets (Examples) -> HeadTrainer -> DenseHead -> onnx.OnnxGraph, behind a backbone
 *                                  LiblinearTrainer      |
 *                                  train.MlpTrainer      HeadCheck: the same scores everywhere
 * </pre>
 *
 * <p>The only package that knows Tribuo. The trainer that wants PyTorch is in {@code train}.
 */
package io.earshot.models.head;
