package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask. On a loopback address the name by which a browser has come must be this machine's
 * own: any page could else have its name point here and read what is heard (DNS rebinding). Where
 * there is a token, whoever asks must know it. Pure.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "bearer ";

  private final boolean loopback;
  private final String listen;
  private final byte[] token;

  Guard(WebSettings settings) {
    loopback = settings.isLoopback();
    listen = settings.urlHost();
    token = settings.token().getBytes(UTF_8);
  }

  /**
   * Lets a request pass or refuses it.
   *
   * @param host the header {@code Host}; it and the others may be null
   * @param authorization the header {@code Authorization}
   * @param parameter {@code token} in the address
   * @throws Refusal if it may not be answered
   */
  void check(String host, String authorization, String parameter) {
    if (loopback && !isOurs(host)) {
      throw new Refusal(
          421, "ask for localhost or " + listen + ", the address that web.listen names");
    }
    if (token.length > 0 && !isToken(bearer(authorization)) && !isToken(parameter)) {
      throw new Refusal(401, "a token is needed: the header Authorization: Bearer TOKEN");
    }
  }

  private boolean isOurs(String host) {
    String name = host == null ? "" : host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || name.equals(listen);
  }

  private static String bearer(String authorization) {
    boolean bears =
        authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bears ? authorization.substring(BEARER.length()).strip() : null;
  }

  /** In a time that tells nothing about the token. */
  private boolean isToken(String shown) {
    return shown != null && MessageDigest.isEqual(shown.getBytes(UTF_8), token);
  }
}
