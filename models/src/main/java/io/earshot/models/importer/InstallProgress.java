package io.earshot.models.importer;

/** Told how far a download is, on a thread of the download; must return at once. */
@FunctionalInterface
public interface InstallProgress {

  /** Tells nobody. */
  InstallProgress NONE = (file, received, total) -> {};

  /**
   * Some more is there; the first call tells what an earlier, broken download has left.
   *
   * @param file name of the file
   * @param received bytes so far
   * @param total bytes of the whole file, or a bound where the server does not say
   */
  void received(String file, long received, long total);
}
