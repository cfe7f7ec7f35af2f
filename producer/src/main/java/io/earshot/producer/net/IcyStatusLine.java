package io.earshot.producer.net;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Old servers answer {@code ICY 200 OK}; all that follows is HTTP/1.0. Looks once. */
final class IcyStatusLine extends ByteToMessageDecoder {
  private static final String ICY = "ICY";

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < ICY.length()) {
      return;
    }
    if (in.toString(in.readerIndex(), ICY.length(), US_ASCII).equals(ICY)) {
      in.skipBytes(ICY.length());
      out.add(Unpooled.copiedBuffer("HTTP/1.0", US_ASCII));
    }
    context.pipeline().remove(this); // which hands on the rest
  }
}
