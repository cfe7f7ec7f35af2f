package io.earshot.producer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleFormatTest {
  /** Lowest, zero and highest value as hexadecimal bytes; the highest is one step below 1. */
  @ParameterizedTest
  @CsvSource({
    "U8, 00, 80, ff, 7",
    "S8, 80, 00, 7f, 7",
    "S16LE, 0080, 0000, ff7f, 15",
    "S16BE, 8000, 0000, 7fff, 15",
    "S24LE, 000080, 000000, ffff7f, 23",
    "S24BE, 800000, 000000, 7fffff, 23",
    "S32LE, 00000080, 00000000, ffffff7f, 23",
    "S32BE, 80000000, 00000000, 7fffffff, 23"
  })
  void integersSpanMinusOneToJustBelowOne(
      SampleFormat format, String lowest, String zero, String highest, int bits) {
    assertThat(decode(format, lowest + zero + highest))
        .containsExactly(-1, 0, (float) (1 - Math.pow(2, -bits)));
  }

  /** Bytes by IEEE 754: 1.5 is 3fc00000 and 3ff8000000000000. */
  @ParameterizedTest
  @CsvSource({
    "F32LE, 0000c03f",
    "F32BE, 3fc00000",
    "F64LE, 000000000000f83f",
    "F64BE, 3ff8000000000000"
  })
  void floatsStayAsTheyAre(SampleFormat format, String bytes) {
    assertThat(decode(format, bytes)).containsExactly(1.5f);
  }

  /** ITU-T G.711, tables 1a to 2b, in steps of 16 bits: 4032 * 8 and 8031 * 4. */
  @Test
  void compandedSamplesFollowTheTables() {
    assertThat(decode(SampleFormat.ALAW, "aa2ad555"))
        .containsExactly(32256 / 32768f, -32256 / 32768f, 8 / 32768f, -8 / 32768f);
    assertThat(decode(SampleFormat.ULAW, "8000ff7f"))
        .containsExactly(32124 / 32768f, -32124 / 32768f, 0, 0);
  }

  private static float[] decode(SampleFormat format, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    float[] out = new float[bytes.length / format.bytes()];
    format.decode(bytes, 0, out, 0, out.length);
    return out;
  }
}
