package io.earshot.models.train;

/**
 * Some examples, one after another.
 *
 * @param patches what the student gets: count x rows x bands, scaled
 * @param targets count x classes
 * @param teacher count x the teacher's classes, standardised logits; empty without a teacher
 */
@SuppressWarnings("ArrayRecordComponent") // Made, handed over and forgotten.
record Batch(float[] patches, float[] targets, float[] teacher) {}
