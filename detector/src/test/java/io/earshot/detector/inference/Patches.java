package io.earshot.detector.inference;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.detector.broker.Topics;
import io.earshot.models.feature.LogMel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Patches as the consumer hands them over, and a checksum that tells each from all others. */
final class Patches {
  static final long TIMESTAMP = 1_700_000_000_000L;

  private Patches() {}

  /** A patch of random floats, the same for the same seed. */
  static ConsumerRecord<byte[], ByteBuffer> patch(int partition, long offset, long seed) {
    // A fetched record lies somewhere in the batch that it came in.
    ByteBuffer batch = ByteBuffer.allocate(PatchRing.PATCH_BYTES + 20).position(13);
    ByteBuffer value = batch.slice(13, PatchRing.PATCH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    value.asFloatBuffer().put(floats(seed));
    return record(partition, offset, value.order(ByteOrder.BIG_ENDIAN), "seed", seed);
  }

  static ConsumerRecord<byte[], ByteBuffer> end(int partition, long offset, long seed) {
    return record(partition, offset, ByteBuffer.allocate(0), "end", seed);
  }

  static ConsumerRecord<byte[], ByteBuffer> record(
      int partition, long offset, ByteBuffer value, String header, long seed) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(header, Long.toString(seed).getBytes(US_ASCII));
    return new ConsumerRecord<>(
        Topics.PATCHES,
        partition,
        offset,
        TIMESTAMP + seed,
        TimestampType.CREATE_TIME,
        1,
        value.remaining(),
        ("stream-" + partition).getBytes(US_ASCII),
        value,
        headers,
        Optional.empty());
  }

  static TopicPartition partition(int number) {
    return new TopicPartition(Topics.PATCHES, number);
  }

  static float[] floats(long seed) {
    Random random = new Random(seed);
    float[] floats = new float[LogMel.PATCH_FLOATS];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = random.nextFloat();
    }
    return floats;
  }

  /** Depends on every float and on its place. */
  static int checksum(FloatBuffer patches, int at) {
    int sum = 1;
    for (int i = 0; i < LogMel.PATCH_FLOATS; i++) {
      sum = 31 * sum + Float.floatToIntBits(patches.get(at * LogMel.PATCH_FLOATS + i));
    }
    return sum;
  }

  static int checksum(long seed) {
    return checksum(FloatBuffer.wrap(floats(seed)), 0);
  }
}
