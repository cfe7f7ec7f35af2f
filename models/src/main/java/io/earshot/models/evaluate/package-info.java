/**
 * What is measured of models: clips that a model scored and had not learnt from, reports and
 * pictures of them. Lists of events against the truth are in {@code sed}.
 */
package io.earshot.models.evaluate;
