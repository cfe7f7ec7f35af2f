package io.earshot.models.train;

/**
 * Some examples, one after another.
 *
 * @param patches what the student gets: count x rows x bands, scaled
 * @param targets count x classes
 * @param weights count: of each example's targets
 * @param teacher count x the values of the teacher's embedding; empty without a teacher
 */
@SuppressWarnings("ArrayRecordComponent") // Made, handed over and forgotten.
record Batch(float[] patches, float[] targets, float[] weights, float[] teacher) {}
