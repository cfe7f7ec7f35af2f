/**
 * What is measured of models: clips that a model scored and had not learnt from, reports and
 * pictures of them, and lists of events against the truth.
 */
package io.earshot.models.evaluate;
