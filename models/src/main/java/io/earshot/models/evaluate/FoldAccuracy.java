package io.earshot.models.evaluate;

/**
 * The accuracy on the clips of one fold, by a model that had not learnt from it.
 *
 * @param accuracy 0 to 1
 * @param clips those with a class label, which are the ones that count
 */
public record FoldAccuracy(int fold, double accuracy, int clips) {}
