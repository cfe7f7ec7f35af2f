/**
 * Sounds that are made, not recorded: alarms, sirens, ticks, rain and what a quiet or a busy
 * background is made of, the rooms that they are heard in, and scenes of them.
 *
 * <pre>
 * RandomGenerator -> Sound -> dry samples -> Room, Equaliser -> Mixing -> Scene
 * </pre>
 *
 * <p>Training takes the sounds one by one; the demo plays a whole scene, whose truth is known
 * because it was made. Everything is 16 kHz mono float in [-1, 1]; nothing here knows a file, a
 * thread or a clock, and all variation comes from the generator that the caller hands in. Of the
 * neighbours it knows {@code feature} alone, for the sample rate.
 */
package io.earshot.models.synth;
