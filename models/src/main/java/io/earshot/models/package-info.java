/** Front end, model packages, importers and ONNX Runtime. */
package io.earshot.models;
