package io.earshot.producer.net;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Asks the system for addresses on threads of its own: it can take seconds, in which the event loop
 * would serve none of its streams. They end when there is nothing to ask.
 */
final class NameLookup extends AddressResolverGroup<InetSocketAddress> {
  static final NameLookup INSTANCE = new NameLookup();
  private static final int THREADS = 4;

  private final ExecutorService threads = threads();

  private NameLookup() {}

  private static ExecutorService threads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "earshot-names");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
    return new InetNameResolver(loop) {
      @Override
      protected void doResolve(String name, Promise<InetAddress> promise) {
        threads.execute(
            () -> {
              try {
                promise.setSuccess(InetAddress.getByName(name));
              } catch (UnknownHostException e) {
                promise.setFailure(new UnknownHostException("no such host: " + name));
              }
            });
      }

      @Override
      protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
        threads.execute(
            () -> {
              try {
                promise.setSuccess(List.of(InetAddress.getAllByName(name)));
              } catch (UnknownHostException e) {
                promise.setFailure(new UnknownHostException("no such host: " + name));
              }
            });
      }
    }.asAddressResolver();
  }
}
