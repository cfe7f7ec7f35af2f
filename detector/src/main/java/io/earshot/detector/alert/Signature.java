package io.earshot.detector.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests, so that a receiver knows who sent them and when: {@code t=1767323045,v1=5f3c...},
 * HMAC-SHA256 over the seconds, a full stop and the body.
 */
final class Signature {
  static final String HEADER = "X-Earshot-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private Signature() {}

  static String of(String secret, long epochSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      mac.update((epochSeconds + ".").getBytes(UTF_8));
      return "t=" + epochSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }
}
