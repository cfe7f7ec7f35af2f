package io.earshot.models.onnx;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes large arrays in pieces: Java copies each write to a file through native memory. */
final class PieceStream extends FilterOutputStream {

  private static final int PIECE_BYTES = 1 << 16;

  PieceStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int done = 0; done < length; done += PIECE_BYTES) {
      out.write(bytes, from + done, Math.min(PIECE_BYTES, length - done));
    }
  }
}
