package io.earshot.producer.convert;

/** The telephone's logarithmic 8-bit samples (ITU-T G.711) as 16-bit ones. */
final class Companding {
  private Companding() {}

  static int ulaw(byte code) {
    int bits = ~code;
    int step = (bits >> 4) & 7;
    int magnitude = ((((bits & 0x0f) << 3) + 0x84) << step) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  static int alaw(byte code) {
    int bits = code ^ 0x55;
    int step = (bits >> 4) & 7;
    int mantissa = ((bits & 0x0f) << 4) + 8;
    int magnitude = step == 0 ? mantissa : (mantissa + 0x100) << (step - 1);
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }
}
