package io.earshot.producer.publish;

import io.earshot.producer.frame.Frame;
import java.io.IOException;

/** A client of Kafka: a real one, or a test's. One thread offers; receipts come on any. */
public interface Wire extends AutoCloseable {
  /** Makes a client. */
  interface Opener {
    /**
     * Makes one; may take its time.
     *
     * @throws IOException if there can be none now; without a message if that was told already
     */
    Wire open() throws IOException;
  }

  /** What became of a frame; one call. */
  interface Receipt {
    void arrived();

    /** It will never be taken. */
    void refused(String why);

    /** It may have arrived or not; no frame behind it is sent by this client any more. */
    void failed(String why);
  }

  /**
   * Takes a frame, without waiting for anything.
   *
   * @return null if it was taken, and there will be a receipt; else why not now
   */
  String offer(Frame frame, Receipt receipt);

  /** Sends nothing more; when it returns all receipts have been given. */
  @Override
  void close();
}
