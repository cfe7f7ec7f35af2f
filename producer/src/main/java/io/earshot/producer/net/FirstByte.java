package io.earshot.producer.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Knows whether a connection has brought anything; browsers open some in advance. */
final class FirstByte extends ChannelInboundHandlerAdapter {
  private boolean here;

  boolean isHere() {
    return here;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    here = true;
    context.fireChannelRead(message);
  }
}
