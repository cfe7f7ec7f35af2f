package io.earshot.producer.net;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Locale;

/** Why somebody who comes by HTTP or WebSocket is not heard. */
enum Refusal {
  BAD_REQUEST(400, "that is no HTTP that is understood here"),
  NO_TOKEN(401, "a token is wanted: Authorization: Bearer TOKEN, or Basic ANY:TOKEN"),
  WRONG_TOKEN(401, "the token is wrong"),
  OTHER_ORIGIN(403, "pages of other sites may not send"),
  NO_SUCH_STREAM(404, "no stream with that token has this path"),
  NO_SUCH_FILE(404, "the page has no such file"),
  WRONG_METHOD(405, "allowed: GET, HEAD, POST, PUT, SOURCE"),
  TOO_SLOW(408, "nothing came for too long"),
  NO_REQUEST(408, "no request came"),
  OTHER_SOURCE(409, "somebody else sends already"),
  REPLACED(409, "silent, and the same token came again"),
  TOO_LARGE(413, "a message has at most 512 KiB"),
  LONG_LINE(414, "the address is too long"),
  NOT_UNDERSTOOD(415, "that is no sound that is understood here"),
  OLD_WEBSOCKET(426, "WebSocket version 13 is wanted"),
  LONG_HEADER(431, "the headers are too long"),
  TOO_MANY_CONNECTIONS(503, "too many connections");

  /** Where close codes of applications begin (RFC 6455, 7.4.2). */
  private static final int PRIVATE_CODES = 4_000;

  private final int status;
  private final String text;

  Refusal(int status, String text) {
    this.status = status;
    this.text = text;
  }

  /** For a request that could not be read. */
  static Refusal of(Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException) {
      return LONG_HEADER;
    }
    return cause instanceof TooLongHttpLineException ? LONG_LINE : BAD_REQUEST;
  }

  HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }

  /** By which a WebSocket is closed: 4000 and the HTTP status. */
  int closeCode() {
    return PRIVATE_CODES + status;
  }

  /** One line for people. */
  String text() {
    return text;
  }

  /** As it is counted. */
  String reason() {
    return name().toLowerCase(Locale.ROOT);
  }
}
