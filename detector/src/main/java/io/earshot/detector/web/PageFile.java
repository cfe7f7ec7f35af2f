package io.earshot.detector.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * A file of the live page. Browsers keep it, and ask each time whether it is still the one with
 * this hash: an upgraded detector is never shown by half of an older page.
 */
final class PageFile {
  private static final int HASH_BYTES = 12;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final byte[] content;
  private final String type;
  private final String tag;

  private PageFile(byte[] content, String type) {
    this.content = content;
    this.type = type;
    this.tag = '"' + hash(content) + '"';
  }

  /** Reads a resource, which must be there. */
  static PageFile read(String resource) {
    try (InputStream in = PageFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + resource);
      }
      return new PageFile(
          in.readAllBytes(), TYPES.get(resource.substring(resource.lastIndexOf('.') + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answer(Context context) {
    context.header("Cache-Control", "no-cache").header("ETag", tag);
    if (isKnown(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(type).result(content);
    }
  }

  private boolean isKnown(String tags) {
    return tags != null
        && Arrays.stream(tags.split(","))
            .map(String::strip)
            .anyMatch(one -> one.equals("*") || one.equals(tag));
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has it", e);
    }
  }
}
