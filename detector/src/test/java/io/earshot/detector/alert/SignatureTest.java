package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureTest {
  /** {@code printf '%s' '1767323045.{"label":"Dog"}' | openssl dgst -sha256 -hmac 's3cret ü'}. */
  @Test
  void itIsWhatOpensslComputes() {
    assertThat(Signature.of("s3cret ü", 1_767_323_045, "{\"label\":\"Dog\"}".getBytes(UTF_8)))
        .isEqualTo(
            "t=1767323045,v1=f9a778090d855a90496f308d0720e61be4a9d66380c44dc38c1c9d2d1b1c2cf0");
  }
}
