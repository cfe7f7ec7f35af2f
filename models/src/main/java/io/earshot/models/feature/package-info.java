/**
 * The front end: sound to log-mel rows, the one implementation that detecting and training share.
 *
 * <p>Used by the detector's segmenter (upstream of every network); knows no file, thread or clock.
 */
package io.earshot.models.feature;
