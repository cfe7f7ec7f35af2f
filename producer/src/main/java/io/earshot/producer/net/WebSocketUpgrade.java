package io.earshot.producer.net;

import io.earshot.producer.net.SoundHint.Otherwise;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/** A connection by HTTP becomes a WebSocket (RFC 6455). */
final class WebSocketUpgrade {
  private static final String VERSION = "13";

  /** Scripts see no headers: without this they would not know that they are heard. */
  private static final String WELCOME = "{\"heard\":true}";

  private static final WebSocketDecoderConfig DECODING =
      WebSocketDecoderConfig.newBuilder()
          .maxFramePayloadLength(IngestLimits.MESSAGE_BYTES)
          .closeOnProtocolViolation(false)
          .build();

  private WebSocketUpgrade() {}

  static boolean isPossible(HttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION, false)
        && request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
  }

  /** Puts WebSocket in the place of HTTP; a refusal is said by the close code. */
  static void perform(ChannelHandlerContext context, HttpRequest request, Admission admission) {
    Channel channel = context.channel();
    ChannelPipeline pipeline = context.pipeline();
    pipeline.addLast(new WebSocketControl(admission.isRefused()));
    if (!admission.isRefused()) {
      IngestStream stream = admission.stream();
      SoundHint hint = SoundHint.of(Otherwise.SURELY_RAW, stream.settings.raw());
      Sender sender = new Sender(stream, context, hint);
      pipeline.addLast(sender.silence(), new WebSocketSound(sender));
    }
    pipeline.remove(context.handler());
    var unused =
        new WebSocketServerHandshaker13("", Credentials.PROTOCOL, DECODING)
            .handshake(channel, withoutBody(request));
    if (admission.isRefused()) {
      Refusal refusal = admission.refusal();
      unused = channel.writeAndFlush(new CloseWebSocketFrame(refusal.closeCode(), refusal.text()));
    } else if (Credentials.speaksProtocol(request.headers())) {
      unused = channel.writeAndFlush(new TextWebSocketFrame(WELCOME));
    }
  }

  private static FullHttpRequest withoutBody(HttpRequest request) {
    return new DefaultFullHttpRequest(
        request.protocolVersion(),
        request.method(),
        request.uri(),
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }
}
