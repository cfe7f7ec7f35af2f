package io.earshot.producer.net;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * The certificate and key by which servers show who they are.
 *
 * @param keystore a file, PKCS12 or JKS
 * @param password of the keystore and of the key in it
 */
public record Tls(Path keystore, String password) {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  /** Kept of those who may come again; strangers have them kept, too. */
  private static final int SESSIONS = 256;

  /**
   * Reads the keystore.
   *
   * @throws IllegalArgumentException if it has no key for us, in one line
   */
  SslContext context() {
    if (!Files.isReadable(keystore)) {
      throw new IllegalArgumentException("ingest.keystore: no file %s".formatted(keystore));
    }
    try {
      return SslContextBuilder.forServer(keys(store()))
          .sslProvider(SslProvider.JDK)
          .protocols(PROTOCOLS)
          .sessionCacheSize(SESSIONS)
          .build();
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword(e);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private KeyStore store() throws IOException, GeneralSecurityException {
    File file = keystore.toFile();
    try {
      KeyStore store = KeyStore.getInstance(file, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          return store;
        }
      }
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException ? wrongPassword(e) : unreadable(e);
    }
    throw new IllegalArgumentException("ingest.keystore: no key in %s".formatted(keystore));
  }

  private KeyManagerFactory keys(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password.toCharArray());
    return keys;
  }

  private IllegalArgumentException wrongPassword(Exception cause) {
    return new IllegalArgumentException(
        "ingest.password: not that of %s".formatted(keystore), cause);
  }

  private IllegalArgumentException unreadable(Exception cause) {
    return new IllegalArgumentException(
        "ingest.keystore: %s is no PKCS12 or JKS keystore".formatted(keystore), cause);
  }

  /** Not the password. */
  @Override
  public String toString() {
    return keystore.toString();
  }
}
