package io.earshot.models.importer;

/** Told how far a download is, on a thread of the download; must return at once. */
@FunctionalInterface
public interface InstallProgress {

  /** Tells nobody. */
  InstallProgress NONE = (received, total) -> {};

  /**
   * Some more has arrived.
   *
   * @param received bytes so far
   * @param total bytes of the whole file
   */
  void received(long received, long total);
}
