package io.earshot.producer.net;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Connections that have shown no token yet, and those on their way out. When they are too many, the
 * oldest goes of the address that has the most: a crowd from one address costs others no place. The
 * event loop alone.
 */
final class Strangers {
  private final int most;
  private final Refused refused;

  /** The oldest first. */
  private final Set<Channel> channels = new LinkedHashSet<>();

  Strangers(int most, Refused refused) {
    this.most = most;
    this.refused = refused;
  }

  void enter(Channel channel) {
    channels.add(channel);
    var unused = channel.closeFuture().addListener(closed -> channels.remove(channel));
    if (channels.size() > most) {
      Channel oneTooMany = oneTooMany();
      oneTooMany.pipeline().fireUserEventTriggered(Refusal.TOO_MANY_CONNECTIONS);
      Closing.close(oneTooMany);
      refused.count(Refusal.TOO_MANY_CONNECTIONS);
    }
  }

  /** Is a stranger no longer. */
  void trust(Channel channel) {
    channels.remove(channel);
  }

  void closeAll() {
    Set.copyOf(channels).forEach(Closing::close);
  }

  private Channel oneTooMany() {
    Map<InetAddress, Integer> counts = new HashMap<>();
    channels.forEach(channel -> counts.merge(address(channel), 1, Integer::sum));
    int crowd = Collections.max(counts.values());
    return channels.stream()
        .filter(channel -> counts.get(address(channel)) == crowd)
        .findFirst()
        .orElseThrow();
  }

  /** Null of who has gone already. */
  private static InetAddress address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress its ? its.getAddress() : null;
  }
}
