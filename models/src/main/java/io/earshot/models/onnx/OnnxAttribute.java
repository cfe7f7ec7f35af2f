package io.earshot.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;

/** A named attribute of an ONNX node: {@code OnnxAttribute.integers("strides", 2, 2)}. */
public final class OnnxAttribute {

  private final AttributeProto proto;

  private OnnxAttribute(AttributeProto.Builder proto) {
    this.proto = proto.build();
  }

  public static OnnxAttribute integer(String name, long value) {
    return new OnnxAttribute(named(name, AttributeType.INT).setI(value));
  }

  public static OnnxAttribute integers(String name, long... values) {
    AttributeProto.Builder proto = named(name, AttributeType.INTS);
    for (long value : values) {
      proto.addInts(value);
    }
    return new OnnxAttribute(proto);
  }

  AttributeProto toProto() {
    return proto;
  }

  private static AttributeProto.Builder named(String name, AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }
}
