/**
 * The command line: reads the configuration, builds the stages and closes them, upstream first.
 *
 * <p>Knows every other package; no other package knows it.
 */
package io.earshot.detector.app;
