package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What a request says of who sends it.
 *
 * <pre>
 * Authorization: Bearer TOKEN
 * Authorization: Basic base64(ANYBODY:TOKEN)                   ffmpeg, curl -u, Icecast's sources
 * Sec-WebSocket-Protocol: earshot, token.base64url(TOKEN)      a page's script can set no other
 * </pre>
 */
final class Credentials {
  /** The protocol of the page; who speaks it is told by the close code why it is refused. */
  static final String PROTOCOL = "earshot";

  private static final String TOKEN_PROTOCOL = "token.";
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private Credentials() {}

  /** The token that is shown; empty if there is none that can be read. */
  static String token(HttpHeaders headers) {
    try {
      String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
      return authorization == null ? fromProtocols(headers) : fromHeader(authorization);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static boolean speaksProtocol(HttpHeaders headers) {
    return protocols(headers).contains(PROTOCOL);
  }

  /** Scripts of other sites name theirs; a program that is no browser names none. */
  static boolean isOtherOrigin(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    String host = headers.get(HttpHeaderNames.HOST, "");
    return origin != null && !origin.replaceFirst("(?i)^https?://", "").equalsIgnoreCase(host);
  }

  private static String fromHeader(String authorization) {
    String lower = authorization.toLowerCase(Locale.ROOT);
    if (lower.startsWith(BEARER)) {
      return authorization.substring(BEARER.length()).strip();
    }
    if (lower.startsWith(BASIC)) {
      String pair = decoded(Base64.getDecoder(), authorization.substring(BASIC.length()).strip());
      return pair.substring(pair.indexOf(':') + 1);
    }
    return "";
  }

  private static String fromProtocols(HttpHeaders headers) {
    return protocols(headers).stream()
        .filter(protocol -> protocol.startsWith(TOKEN_PROTOCOL))
        .findFirst()
        .map(it -> decoded(Base64.getUrlDecoder(), it.substring(TOKEN_PROTOCOL.length())))
        .orElse("");
  }

  private static List<String> protocols(HttpHeaders headers) {
    String all = String.join(",", headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
    return Arrays.stream(all.split(",")).map(String::strip).toList();
  }

  private static String decoded(Base64.Decoder decoder, String text) {
    return new String(decoder.decode(text), UTF_8);
  }
}
