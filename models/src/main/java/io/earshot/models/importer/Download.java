package io.earshot.models.importer;

import io.earshot.models.pack.PackageException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Fetches files over HTTP: follows redirects, uses the proxies of {@link EnvironmentProxies}, goes
 * on where a broken transfer stopped, takes not a byte more than a file may have, and gives up when
 * nothing comes.
 */
final class Download {

  private static final int ATTEMPTS = 5;

  private final Duration patience;
  private final Duration pause;
  private final ProxySelector proxies;

  /**
   * A way to fetch files.
   *
   * @param patience how long the other side may be silent
   * @param pause before a broken transfer is taken up again
   */
  Download(Duration patience, Duration pause, ProxySelector proxies) {
    this.patience = patience;
    this.pause = pause;
    this.proxies = proxies;
  }

  /**
   * Completes the part that is there, or fetches all. A transfer that has begun is taken up again a
   * few times; one that never began is not.
   *
   * @throws PackageException one line that names the address and what went wrong; what has arrived
   *     stays, for the next time
   */
  void fetch(RemoteFile file, PartialFile part, InstallProgress progress) throws PackageException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .proxy(proxies)
            .build();
    try {
      attempt(client, file, part, progress);
    } catch (IOException e) {
      throw new PackageException(
          "Cannot download %s: %s%s".formatted(file.address(), e.getMessage(), kept(part)), e);
    }
  }

  private void attempt(
      HttpClient client, RemoteFile file, PartialFile part, InstallProgress progress)
      throws IOException {
    boolean promising = false;
    for (int attempt = 1; ; attempt++) {
      Transfer transfer = new Transfer(file, part, progress);
      try {
        transfer.run(client, patience);
        return;
      } catch (IOException e) {
        promising |= transfer.isPromising();
        if (!promising || transfer.isHopeless() || attempt == ATTEMPTS) {
          throw e;
        }
      }
      rest();
    }
  }

  private void rest() throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String kept(PartialFile part) {
    try {
      long bytes = part.size();
      return bytes == 0 ? "" : "; the first %d bytes are kept for the next try".formatted(bytes);
    } catch (IOException e) {
      return "";
    }
  }
}
