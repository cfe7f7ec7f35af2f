package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URLDecoder;
import java.util.Base64;

/** What a stream asks a server. */
final class HttpRequests {
  private HttpRequests() {}

  /** For the sound at that address, with its user and password. */
  static FullHttpRequest get(NetUrl url) {
    String path = url.path().startsWith("/") ? url.path() : "/" + url.path();
    FullHttpRequest request =
        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path);
    request
        .headers()
        .set(HttpHeaderNames.HOST, url.authority())
        .set(HttpHeaderNames.USER_AGENT, "earshot")
        .set(HttpHeaderNames.ACCEPT, "*/*")
        .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!url.user().isEmpty()) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Basic " + credentials(url.user()));
    }
    return request;
  }

  /** RFC 7617. A plus sign is one in an address, unlike in a form. */
  private static String credentials(String user) {
    String plain = URLDecoder.decode(user.replace("+", "%2B"), UTF_8);
    return Base64.getEncoder().encodeToString(plain.getBytes(UTF_8));
  }
}
