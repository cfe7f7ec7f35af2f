package io.earshot.detector.clip;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.producer.frame.BadFrameException;
import io.earshot.producer.frame.Frame;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Picks a stream's frames out of a partition's records, until a clip needs no more. Not
 * thread-safe.
 *
 * <p>Where a clock was ahead and then set right, an older stretch of the stream has the same times:
 * if that is all that has been found, reading goes on.
 */
final class OwnFrames {
  private final byte[] key;
  private final Span span;
  private final ClipAssembler clip;
  private WindowEnd window;
  private boolean any;
  private boolean done;

  OwnFrames(String stream, Span span, ClipAssembler clip) {
    key = stream.getBytes(US_ASCII);
    this.span = span;
    this.clip = clip;
    window = new WindowEnd(span);
  }

  /** Takes the partition's next record. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    if (done) {
      return;
    }
    if (Arrays.equals(record.key(), key)) {
      own(record);
    } else {
      window.other(record.timestamp(), Math.max(0, record.serializedValueSize()));
    }
    if (window.isReached()) {
      done = !clip.dropStrangers();
      window = new WindowEnd(span);
    }
  }

  /** Whether the stream is in this partition. */
  boolean any() {
    return any;
  }

  boolean isDone() {
    return done;
  }

  private void own(ConsumerRecord<byte[], byte[]> record) {
    any = true;
    try {
      Frame frame = Frame.read(record.key(), record.value(), record.headers(), record.timestamp());
      window.own(frame);
      clip.add(new KeptFrame(record.offset(), frame));
    } catch (BadFrameException e) {
      // A dead letter: the detector did not hear it either.
    }
  }
}
