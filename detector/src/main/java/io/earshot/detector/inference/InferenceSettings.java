package io.earshot.detector.inference;

import java.util.Map;

/**
 * How a worker consumes, batches and commits.
 *
 * @param kafka client settings that consumer and producer share: bootstrap servers, security
 * @param exactlyOnce scores and offsets in one transaction; else offsets after the scores
 * @param transactionalId this worker's own; used if exactly once
 * @param model what the header {@code model} says, name@version
 * @param logOffset of the model's front end
 * @param ringSlots patches that may wait between the threads, a power of two
 * @param backlog patches that may wait for the ring before the oldest are shed; 0 sheds none: what
 *     does not fit stays in Kafka
 */
public record InferenceSettings(
    Map<String, Object> kafka,
    boolean exactlyOnce,
    String transactionalId,
    String model,
    double logOffset,
    int classes,
    int maxBatch,
    long lingerMillis,
    long commitMillis,
    int ringSlots,
    int backlog) {}
