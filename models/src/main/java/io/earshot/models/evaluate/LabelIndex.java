package io.earshot.models.evaluate;

/** A class of a model and where its score is found among those of a segment. */
record LabelIndex(String label, int index) {}
