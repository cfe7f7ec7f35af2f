/**
 * When each sample was captured: by the source's own clock where it has one, else by when its sound
 * arrived, never by when somebody got round to it. {@link io.earshot.producer.clock.CaptureClock}
 * is what others use; {@link io.earshot.producer.live} asks it for the time of every frame.
 *
 * <p>Pure: no threads, and what the clocks show comes in as a {@link
 * io.earshot.producer.clock.Moment}.
 */
package io.earshot.producer.clock;
