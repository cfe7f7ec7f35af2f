package io.earshot.detector.inference;

import io.earshot.detector.broker.Topics;
import io.earshot.detector.segment.DeadLetter;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The dead letters of the inference stage. Nothing of a bad record's headers goes on. */
final class PatchLetters {
  static final String BAD_PATCH = "bad_patch";
  static final String INFERENCE_FAILED = "inference_failed";

  private PatchLetters() {}

  /** Of what is no patch. */
  static ProducerRecord<byte[], byte[]> bad(PatchSlot slot, long nowMillis) {
    byte[] value = new byte[slot.value == null ? 0 : slot.value.remaining()];
    if (slot.value != null) {
      slot.value.get(value);
    }
    return letter(slot, BAD_PATCH, BAD_PATCH + ": " + slot.fault, value, nowMillis);
  }

  /** Of a patch that the network failed on. */
  static ProducerRecord<byte[], byte[]> failed(PatchSlot slot, String fault, long nowMillis) {
    return letter(slot, INFERENCE_FAILED, fault, slot.patchBytes(), nowMillis);
  }

  private static ProducerRecord<byte[], byte[]> letter(
      PatchSlot slot, String reason, String message, byte[] value, long nowMillis) {
    byte[] json = DeadLetter.json(reason, message, slot.partition, slot.offset, value);
    byte[] key = DeadLetter.key(slot.key);
    return new ProducerRecord<>(Topics.DEAD_LETTERS, null, nowMillis, key, json);
  }
}
