package io.earshot.producer.net;

import io.earshot.producer.source.AudioException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One connection by HTTP: a request for the page, or sound in the body of one, or a WebSocket to
 * be, which it leaves to others. Each request is a connection's last.
 */
final class IngestConnection extends ChannelInboundHandlerAdapter {
  private static final HttpMethod SOURCE = HttpMethod.valueOf("SOURCE");

  private final IngestServer server;
  private final FirstByte first;
  private final Farewell farewell = new Farewell();
  private Future<?> patience;
  private HttpMethod method = HttpMethod.GET;
  private String path = "";
  private SoundBody body;

  IngestConnection(IngestServer server, FirstByte first) {
    this.server = server;
    this.first = first;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    long millis = server.limits().head().toMillis();
    patience = context.executor().schedule(() -> late(context), millis, TimeUnit.MILLISECONDS);
  }

  private void late(ChannelHandlerContext context) {
    if (first.isHere()) {
      refuse(context, Refusal.TOO_SLOW);
    } else {
      turnAway(context, Reply.text(Refusal.TOO_SLOW.status(), Refusal.TOO_SLOW.text()));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    patience.cancel(false);
    farewell.cancel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
    try {
      if (farewell.isOver() || (body != null && body.sender().isEnding())) {
        farewell.drain(
            context, message instanceof HttpRequest ? 0 : bytes(message).readableBytes());
      } else if (body != null) {
        hear(context, message);
      } else if (message instanceof HttpRequest request) {
        patience.cancel(false);
        take(context, request);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ChannelHandlerContext context, HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      refuse(context, Refusal.of(request.decoderResult().cause()));
      return;
    }
    method = request.method();
    try {
      path = new QueryStringDecoder(request.uri()).path();
    } catch (IllegalArgumentException e) {
      refuse(context, Refusal.BAD_REQUEST);
      return;
    }
    if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      get(context, request);
    } else if (method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.PUT)
        || method.equals(SOURCE)) {
      post(context, request);
    } else {
      refuse(context, Refusal.WRONG_METHOD);
    }
  }

  private void get(ChannelHandlerContext context, HttpRequest request) {
    if (request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
      upgrade(context, request);
      return;
    }
    Reply page = Page.at(path);
    if (page == null) {
      refuse(context, Refusal.NO_SUCH_FILE);
    } else {
      answer(context, page);
    }
  }

  private void upgrade(ChannelHandlerContext context, HttpRequest request) {
    Admission admission = server.admit(path, request.headers());
    Refusal refusal =
        WebSocketUpgrade.isPossible(request) ? admission.refusal() : Refusal.OLD_WEBSOCKET;
    boolean tellsByCode =
        refusal == admission.refusal() && Credentials.speaksProtocol(request.headers());
    if (refusal != null && !tellsByCode) {
      refuse(context, refusal);
      return;
    }
    if (refusal != null) {
      server.refuse(path, refusal);
    }
    WebSocketUpgrade.perform(context, request, admission);
  }

  private void post(ChannelHandlerContext context, HttpRequest request) {
    Admission admission = server.admit(path, request.headers());
    if (admission.isRefused()) {
      refuse(context, admission.refusal());
      return;
    }
    try {
      SoundHint hint = SoundBody.hint(request.headers(), admission.stream().settings.raw());
      body = new SoundBody(request, new Sender(admission.stream(), context, hint));
    } catch (AudioException | IllegalArgumentException e) {
      refuse(context, Refusal.NOT_UNDERSTOOD, e.getMessage());
      return;
    }
    body.begin(context, request);
  }

  private void hear(ChannelHandlerContext context, Object message) throws IOException {
    if (message instanceof DecoderResultProvider part && part.decoderResult().isFailure()) {
      body.sender().end(() -> {});
      refuse(context, Refusal.BAD_REQUEST);
      return;
    }
    body.sender().add(bytes(message));
    if (message instanceof LastHttpContent && !body.isEndless()) {
      body.sender().end(() -> answer(context, Reply.text(HttpResponseStatus.OK, "heard")));
    }
  }

  private static ByteBuf bytes(Object message) {
    return message instanceof ByteBufHolder part ? part.content() : (ByteBuf) message;
  }

  private void refuse(ChannelHandlerContext context, Refusal refusal) {
    refuse(context, refusal, refusal.text());
  }

  private void refuse(ChannelHandlerContext context, Refusal refusal, String why) {
    server.refuse(path, refusal);
    turnAway(context, Reply.text(refusal.status(), why));
  }

  private void answer(ChannelHandlerContext context, Reply reply) {
    patience.cancel(false);
    if (isAnswered()) {
      farewell.withoutWord(context);
    } else {
      farewell.answer(context, reply, method);
    }
  }

  private void turnAway(ChannelHandlerContext context, Reply reply) {
    patience.cancel(false);
    if (isAnswered()) {
      farewell.withoutWord(context);
    } else {
      farewell.turnAway(context, reply, method);
    }
  }

  /** As SOURCE is before its sound. */
  private boolean isAnswered() {
    return body != null && body.isAnswered();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Refusal.TOO_MANY_CONNECTIONS) {
      farewell.withoutWord(context);
    } else if (event instanceof IdleStateEvent && !farewell.isOver() && body.sender().isSilent()) {
      Refusal refusal = Refusal.TOO_SLOW;
      turnAway(context, Reply.text(refusal.status(), refusal.text()));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Who never reads our answer to SOURCE ends with a reset.
    boolean reset = body != null && body.isEndless() && cause instanceof SocketException;
    if (body != null && !farewell.isOver() && !reset) {
      broken(context, cause);
      return;
    }
    if (body == null && cause instanceof DecoderException) {
      server.refuse(path, Refusal.BAD_REQUEST);
      farewell.withoutWord(context);
    }
    Closing.close(context);
  }

  private void broken(ChannelHandlerContext context, Throwable cause) {
    body.sender().broken(cause);
    turnAway(
        context,
        Sender.isItsFault(cause)
            ? Reply.text(Refusal.NOT_UNDERSTOOD.status(), cause.getMessage())
            : Reply.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "failed"));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (body != null) {
      body.sender().end(() -> {});
    } else if (!farewell.isOver() && first.isHere()) {
      server.refuse(path, Refusal.NO_REQUEST);
    }
  }
}
