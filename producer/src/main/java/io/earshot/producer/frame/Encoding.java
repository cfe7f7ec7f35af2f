package io.earshot.producer.frame;

import java.util.Locale;

/** How a sample stands in a frame's bytes. The header's value is the name in lower case. */
public enum Encoding {
  /** Signed 16-bit integers, little-endian. */
  S16LE(2),
  /** 32-bit IEEE 754 floats, little-endian, full scale at 1. */
  F32LE(4);

  private final int bytesPerSample;

  Encoding(int bytesPerSample) {
    this.bytesPerSample = bytesPerSample;
  }

  public int bytesPerSample() {
    return bytesPerSample;
  }

  public String headerName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
