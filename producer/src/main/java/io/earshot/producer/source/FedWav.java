package io.earshot.producer.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A WAV. The length that it claims is not believed: who streams cannot know it. */
public final class FedWav implements FedDecoder {
  private final Listener listener;
  private FedPcm samples;

  public FedWav(Listener listener) {
    this.listener = listener;
  }

  @Override
  public int feed(byte[] bytes, int count, boolean last) throws IOException {
    if (samples != null) {
      return samples.feed(bytes, count, last);
    }
    Optional<WavHeader> header = WavHeader.parse(ByteBuffer.wrap(bytes, 0, count));
    if (header.isEmpty()) {
      return 0;
    }
    WavHeader found = header.get();
    samples =
        new FedPcm(
            found.shape(), found.encoding(), "WAV " + FedPcm.name(found.encoding()), listener);
    return found.bytes();
  }
}
