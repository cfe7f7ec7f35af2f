package io.earshot.producer.net;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The last answer on a connection by HTTP, and the time for the other side to hear it. */
final class Farewell {
  private static final int LINGER_MILLIS = 2_000;
  private static final int LINGER_BYTES = 1 << 20;

  private Future<?> patience;
  private boolean over;
  private int drained;

  /** Whether nothing is to be said any more. */
  boolean isOver() {
    return over;
  }

  /** Goes without an answer. */
  void withoutWord(ChannelHandlerContext context) {
    over = true;
    Closing.close(context);
  }

  void answer(ChannelHandlerContext context, Reply reply, HttpMethod method) {
    say(context, reply, method, written -> Closing.close(context));
  }

  /** Who sends is to have the time to read why not, before the connection breaks. */
  void turnAway(ChannelHandlerContext context, Reply reply, HttpMethod method) {
    say(context, reply, method, written -> closeOutput(context));
  }

  private void say(
      ChannelHandlerContext context, Reply reply, HttpMethod method, ChannelFutureListener then) {
    over = true;
    cancel();
    patience =
        context
            .executor()
            .schedule(() -> Closing.close(context), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    var unused = context.writeAndFlush(reply.to(method)).addListener(then);
  }

  /** TLS cannot close one direction alone; there it is the other side's turn. */
  private static void closeOutput(ChannelHandlerContext context) {
    if (context.pipeline().get(SslHandler.class) == null) {
      var unused = ((DuplexChannel) context.channel()).shutdownOutput();
    }
  }

  /** What still comes is not heard, and there is an end to that. */
  void drain(ChannelHandlerContext context, int bytes) {
    drained += bytes;
    if (drained > LINGER_BYTES) {
      Closing.close(context);
    }
  }

  void cancel() {
    if (patience != null) {
      patience.cancel(false);
    }
  }
}
