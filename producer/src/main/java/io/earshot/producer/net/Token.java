package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What who sends must show. Only its hash is kept, so that it is compared in the same time whatever
 * is shown.
 */
final class Token {
  private static final String ALLOWED = "[!-~]{16,256}";

  private final byte[] hash;

  private Token(byte[] hash) {
    this.hash = hash;
  }

  /**
   * A stream's token.
   *
   * @throws IllegalArgumentException if it is none; it is not said
   */
  static Token of(String token) {
    if (!token.matches(ALLOWED)) {
      throw new IllegalArgumentException(
          token.isEmpty()
              ? "who sends by HTTP or WebSocket must show a token, set one of 16 to 256 characters"
              : "that token is not allowed, allowed: 16 to 256 visible ASCII characters");
    }
    return shown(token);
  }

  /** What somebody shows, right or wrong. */
  static Token shown(String text) {
    try {
      return new Token(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean matches(Token other) {
    return MessageDigest.isEqual(hash, other.hash);
  }
}
