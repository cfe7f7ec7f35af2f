/**
 * Sound as {@link io.earshot.producer.source} has it to what {@link io.earshot.producer.frame}
 * wants: bytes to floats, many channels to one, any rate to 16 kHz, floats to 16-bit bytes. Pure:
 * no threads, no clocks, no files.
 */
package io.earshot.producer.convert;
