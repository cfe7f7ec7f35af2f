package io.earshot.detector.clip;

/** Whether some bytes are among others: much sooner told than by reading JSON. */
final class ByteSearch {
  private final byte[] wanted;

  ByteSearch(byte[] wanted) {
    this.wanted = wanted;
  }

  /**
   * @param bytes may be null, which has nothing in it
   */
  boolean isIn(byte[] bytes) {
    int last = bytes == null ? -1 : bytes.length - wanted.length;
    for (int at = 0; at <= last; at++) {
      if (isAt(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] bytes, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
