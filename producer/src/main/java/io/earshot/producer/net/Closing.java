package io.earshot.producer.net;

import io.netty.channel.ChannelOutboundInvoker;

/** Closes what nobody waits for. */
final class Closing {
  private Closing() {}

  static void close(ChannelOutboundInvoker channel) {
    var unused = channel.close();
  }
}
