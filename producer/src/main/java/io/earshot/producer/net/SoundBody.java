package io.earshot.producer.net;

import io.earshot.producer.source.AudioException;
import io.earshot.producer.stream.RawPcm;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/**
 * The body of a request that is heard. Icecast's sources say no length, and their body goes on
 * until they close; with SOURCE they wait for the answer before it.
 */
final class SoundBody {
  private final Sender sender;
  private final boolean endless;
  private final boolean answered;

  /**
   * What the headers say of the sound.
   *
   * @throws AudioException if it cannot be heard
   * @throws IllegalArgumentException if its rate or channels are out of range
   */
  static SoundHint hint(HttpHeaders headers, RawPcm raw) throws AudioException {
    String coding = headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    if (!coding.equalsIgnoreCase("identity")) {
      throw new AudioException("Content-Encoding is not understood, allowed: none");
    }
    return ContentTypes.hint(headers.get(HttpHeaderNames.CONTENT_TYPE), raw);
  }

  SoundBody(HttpRequest request, Sender sender) {
    this.sender = sender;
    this.endless =
        !HttpUtil.isContentLengthSet(request) && !HttpUtil.isTransferEncodingChunked(request);
    this.answered = request.method().name().equals("SOURCE");
  }

  /** Has its sender go ahead; what came together with the headers is read at once. */
  void begin(ChannelHandlerContext context, HttpRequest request) {
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addBefore(context.name(), null, sender.silence());
    if (answered) {
      say(context, new DefaultHttpResponse(HttpVersion.HTTP_1_0, HttpResponseStatus.OK));
    } else if (HttpUtil.is100ContinueExpected(request)) {
      say(
          context,
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
    if (endless) {
      pipeline.remove(HttpRequestDecoder.class);
    }
  }

  private static void say(ChannelHandlerContext context, HttpResponse response) {
    var unused = context.writeAndFlush(response);
  }

  Sender sender() {
    return sender;
  }

  /** Whether it ends with the connection alone. */
  boolean isEndless() {
    return endless;
  }

  /** Whether the request is answered already. */
  boolean isAnswered() {
    return answered;
  }
}
