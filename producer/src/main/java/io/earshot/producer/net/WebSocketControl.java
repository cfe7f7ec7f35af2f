package io.earshot.producer.net;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket's pings, and its end: each side says why, and who is told has two seconds for his
 * answer. What comes after the end was said is not heard.
 */
final class WebSocketControl extends ChannelDuplexHandler {
  private static final int PATIENCE_SECONDS = 2;

  private boolean closing;

  /**
   * Of one connection.
   *
   * @param refused whether it is not heard at all, and about to be told why
   */
  WebSocketControl(boolean refused) {
    closing = refused;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof CloseWebSocketFrame) {
      ReferenceCountUtil.release(message);
      answerClose(context);
    } else if (message instanceof PingWebSocketFrame ping) {
      answerPing(context, ping);
    } else if (closing
        || message instanceof PongWebSocketFrame
        || !(message instanceof WebSocketFrame)) {
      ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  /** Who does not read its answers gets no more of them. */
  private void answerPing(ChannelHandlerContext context, PingWebSocketFrame ping) {
    if (closing || !context.channel().isWritable()) {
      ping.release();
    } else {
      var unused = context.writeAndFlush(new PongWebSocketFrame(ping.content()));
    }
  }

  private void answerClose(ChannelHandlerContext context) {
    if (closing) {
      Closing.close(context);
    } else {
      closing = true;
      say(context, WebSocketCloseStatus.NORMAL_CLOSURE);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof CloseWebSocketFrame) {
      closing = true;
      closeLater(context);
    }
    var unused = context.write(message, promise);
  }

  private static void closeLater(ChannelHandlerContext context) {
    var unused =
        context
            .executor()
            .schedule(() -> Closing.close(context), PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** We go, and nobody has said why. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (!closing && context.channel().isActive()) {
      closing = true;
      say(context, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
    }
    var unused = context.close(promise);
  }

  /** What somebody says who is not heard cannot be wrong. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!closing) {
      context.fireExceptionCaught(cause);
    }
  }

  /** Who does not read that has gone without a word. */
  private static void say(ChannelHandlerContext context, WebSocketCloseStatus status) {
    closeLater(context);
    var unused =
        context
            .writeAndFlush(new CloseWebSocketFrame(status))
            .addListener(ChannelFutureListener.CLOSE);
  }
}
