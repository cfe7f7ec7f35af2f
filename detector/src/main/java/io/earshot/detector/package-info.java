/** Segments, inference, events and the command line. */
package io.earshot.detector;
