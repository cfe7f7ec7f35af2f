package io.earshot.producer.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The folder that a spool lies in: {@link Folder}, or memory with faults in a test. */
public interface Disk extends Closeable {
  /** Takes it for this process. */
  interface Opener {
    /**
     * Opens the folder, which is made if it is missing.
     *
     * @throws SpoolInUseException if another process has it
     * @throws IOException if it cannot be written to
     */
    Disk open() throws IOException;
  }

  /** Names of the files in it, in any order. */
  List<String> names() throws IOException;

  /** Opens a file; it is made if it is missing. */
  DiskFile open(String name) throws IOException;

  /** The whole of a small file; null if there is none. */
  ByteBuffer read(String name) throws IOException;

  /**
   * Replaces a small file; whatever happens, it has the old content or the new. When it returns the
   * new content will survive a loss of power.
   */
  void replace(String name, ByteBuffer content) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(String name) throws IOException;
}
