package io.earshot.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VnniTest {
  @ParameterizedTest
  @CsvSource({
    "flags\t\t: fpu sse2 avx512f avx512_vnni avx512_bf16, true",
    "flags\t\t: fpu sse2 avx2 avx_vnni, true",
    "flags\t\t: fpu sse2 avx2 avx512f, false",
    "model name\t: avx512_vnni, false",
    "flags\t\t: fpu avx512_vnni_not, false",
    "'', false"
  })
  void theFlagsTell(String cpuinfo, boolean known) {
    assertThat(Vnni.isIn("processor\t: 0\n" + cpuinfo + "\n")).isEqualTo(known);
  }
}
