package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * What is answered, the last on its connection.
 *
 * @param type of the body
 */
record Reply(HttpResponseStatus status, String type, ByteBuf body) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** The page is ours alone: nothing from elsewhere, and nowhere else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Can be sent any number of times. */
  static Reply of(HttpResponseStatus status, String type, byte[] body) {
    return new Reply(status, type, Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(body)));
  }

  static Reply text(HttpResponseStatus status, String line) {
    return of(status, TEXT, (line + "\n").getBytes(UTF_8));
  }

  /** For a request of that method. */
  FullHttpResponse to(HttpMethod method) {
    boolean head = method.equals(HttpMethod.HEAD);
    ByteBuf content = head ? Unpooled.EMPTY_BUFFER : body.duplicate();
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Permissions-Policy", "microphone=(self)");
    explain(headers);
    return response;
  }

  private void explain(HttpHeaders headers) {
    switch (status.code()) {
      case 401 -> headers.set(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"Earshot\"");
      case 405 -> headers.set(HttpHeaderNames.ALLOW, "GET, HEAD, POST, PUT, SOURCE");
      case 426 -> {
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
      }
      default -> {}
    }
  }
}
