package io.earshot.producer.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS to servers whose certificate the JDK trusts, and whose name is that of the address. Any
 * thread.
 */
final class ClientTls {
  private SslContext context;

  /** The first call reads the JDK's certificates. */
  SslHandler handler(ByteBufAllocator allocator, NetUrl target) throws SSLException {
    SslHandler handler = context().newHandler(allocator, target.host(), target.port());
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  private synchronized SslContext context() throws SSLException {
    if (context == null) {
      context = SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
    }
    return context;
  }
}
