package io.earshot.producer.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;

/**
 * What a WebSocket brings: perhaps a {@link Hello}, then raw PCM in binary messages, and between
 * them what is missing.
 */
final class WebSocketSound extends SimpleChannelInboundHandler<WebSocketFrame> {
  /** What a close frame has room for (RFC 6455, 5.5), in characters that all are ASCII. */
  private static final int MAX_REASON = 123;

  private final Sender sender;
  private boolean begun;
  private long messageBytes;

  WebSocketSound(Sender sender) {
    this.sender = sender;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame)
      throws IOException {
    if (frame instanceof TextWebSocketFrame text) {
      said(text);
      return;
    }
    boolean more = frame instanceof ContinuationWebSocketFrame;
    messageBytes = (more ? messageBytes : 0) + frame.content().readableBytes();
    if (messageBytes > IngestLimits.MESSAGE_BYTES) {
      throw new CorruptedWebSocketFrameException(WebSocketCloseStatus.MESSAGE_TOO_BIG, "");
    }
    begun = true;
    sender.add(frame.content());
  }

  private void said(TextWebSocketFrame text) throws IOException {
    if (!text.isFinalFragment()) {
      throw new IllegalArgumentException("text is allowed in one piece");
    }
    if (begun) {
      sender.misses(Hello.missing(text.text()));
    } else {
      begun = true;
      sender.says(Hello.parse(text.text()));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof IdleStateEvent && sender.isSilent()) {
      close(context, Refusal.TOO_SLOW.closeCode(), Refusal.TOO_SLOW.text());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException broken) {
      boolean large = broken.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
      Refusal refusal = large ? Refusal.TOO_LARGE : Refusal.BAD_REQUEST;
      sender.refuse(refusal);
      close(context, broken.closeStatus().code(), large ? refusal.text() : broken.getMessage());
    } else {
      sender.broken(cause);
      close(
          context,
          Sender.isItsFault(cause)
              ? WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
              : WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code(),
          Sender.isItsFault(cause) ? cause.getMessage() : "failed");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    sender.end(() -> {});
  }

  private static void close(ChannelHandlerContext context, int code, String reason) {
    String text = reason.replaceAll("[^ -~]", "?");
    var unused =
        context.writeAndFlush(
            new CloseWebSocketFrame(code, text.substring(0, Math.min(text.length(), MAX_REASON))));
  }
}
