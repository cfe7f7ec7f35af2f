package io.earshot.models.train;

/**
 * One patch to learn from.
 *
 * @param patch rows x bands of log-mel
 * @param targets one per class, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Made, copied into a batch and forgotten.
record Example(float[] patch, float[] targets) {}
