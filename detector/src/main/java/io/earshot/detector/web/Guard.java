package io.earshot.detector.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * Who may ask. On a loopback address the name by which a browser has come must be this machine's
 * own: any page could else have its name point here and read what is heard (DNS rebinding). Where
 * there is a token, whoever asks must know it, or have a cookie that was given for it. What changes
 * something, or costs much, another site's page cannot ask for in its reader's name. Pure.
 */
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "bearer ";

  private final boolean loopback;
  private final String listen;
  private final byte[] token;
  private final String cookie;

  Guard(WebSettings settings) {
    loopback = settings.isLoopback();
    listen = settings.urlHost();
    token = settings.token().getBytes(UTF_8);
    cookie = cookie(token);
  }

  /**
   * Refuses who has come by a name that is not this machine's own.
   *
   * @param host the header {@code Host}; may be null
   */
  void checkHost(String host) {
    if (loopback && !isOurs(host)) {
      throw new Refusal(
          421, "ask for localhost or " + listen + ", the address that web.listen names");
    }
  }

  /**
   * Refuses who does not know the token; each may be null.
   *
   * @param authorization the header {@code Authorization}
   * @param parameter {@code token} in the address
   * @param cookie the one of that {@link #cookieName}
   */
  void checkToken(String authorization, String parameter, String cookie) {
    if (hasToken()
        && !isToken(bearer(authorization))
        && !isToken(parameter)
        && !equal(cookie, cookie())) {
      throw new Refusal(401, "a token is needed: the header Authorization: Bearer TOKEN");
    }
  }

  /**
   * Refuses what a page of another site has sent; each may be null, and is so where no browser
   * asks.
   *
   * @param host the header {@code Host}
   * @param site the header {@code Sec-Fetch-Site}
   * @param origin the header {@code Origin}
   */
  void checkOrigin(String host, String site, String origin) {
    boolean ours = site == null || site.equals("same-origin") || site.equals("none");
    boolean same = site != null || origin == null || host(origin).equalsIgnoreCase(host);
    if (!ours || !same) {
      throw new Refusal(403, "pages of other sites may not ask for this");
    }
  }

  boolean hasToken() {
    return token.length > 0;
  }

  /**
   * A browser sends a host's cookies to all of its ports, of which several may be detectors.
   *
   * @param port by which it has come
   */
  static String cookieName(int port) {
    return "earshot_token_" + port;
  }

  /** What stands for the token: whoever reads the cookie does not know the token itself. */
  String cookie() {
    return cookie;
  }

  private static String cookie(byte[] token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("earshot session ".getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(token));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }

  private static String host(String origin) {
    return origin.replaceFirst("^https?://", "");
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

  private boolean isToken(String shown) {
    return equal(shown, new String(token, UTF_8));
  }

  /** In a time that tells nothing about the secret. */
  private static boolean equal(String shown, String secret) {
    return shown != null && MessageDigest.isEqual(shown.getBytes(UTF_8), secret.getBytes(UTF_8));
  }
}
