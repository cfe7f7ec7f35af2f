package io.earshot.models.synth;

import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The sounds that can be made.
 *
 * <pre>{@code
 * RandomGenerator random = new SplittableRandom(42);
 * float[] alarm = MadeSounds.SMOKE_ALARM.make(random, 15_600);
 * float[] noise = MadeSounds.PINK_NOISE.make(random, 15_600);
 * }</pre>
 *
 * <p>Each is dry and peaks at {@link #PEAK}; the caller sets the gain. Two are quieter on purpose:
 * {@link #SILENCE} is all zeros, and {@link #FAINT_NOISE} peaks 50 to 80 dB lower.
 *
 * <p>Stateless, so any thread may make any sound, each with a generator of its own.
 */
public enum MadeSounds implements Sound {
  /** ISO 8201's temporal-three pattern for the most part; see {@link SmokeAlarm}. */
  SMOKE_ALARM(new SmokeAlarm()),
  /** Wail, yelp, two-tone or phaser; see {@link Siren}. */
  SIREN(new Siren()),
  /** A mechanical clock, 1 to 4 ticks a second. */
  CLOCK_TICK(new ClockTick()),
  /** Drops by the thousand; its space is in it, and a {@link Room} would make a tap of it. */
  RAIN(new Rain()),
  /** Digital silence. */
  SILENCE((random, samples) -> new float[samples]),
  /** What a microphone in a silent room gives. */
  FAINT_NOISE(Noise::white),
  WHITE_NOISE(Noise::white),
  /** Falls 3 dB an octave. */
  PINK_NOISE(Noise::pink),
  /** Falls 6 dB an octave. */
  BROWN_NOISE(Noise::brown),
  /** White noise through one band-pass of any width. */
  BAND_NOISE(Noise::band),
  /** 50 or 60 Hz and their multiples. */
  MAINS_HUM(Machines::mainsHum),
  /** Blades and moved air. */
  FAN(Machines::fan),
  /** A room in which nothing happens: ventilation, traffic behind walls, a little hum. */
  ROOM_TONE(Machines::roomTone),
  /** One to three unbroken tones. */
  STEADY_TONE(Tones::steady),
  /** One long sweep, up or down. */
  SLOW_CHIRP(Tones::slowChirp),
  /** Short sweeps at irregular times, as birds and toys make them. */
  FAST_CHIRPS(Tones::fastChirps),
  /** Dial tone, busy tone or dialled digits. */
  TELEPHONE(new Telephone()),
  /** Chords or arpeggios of plucked or held notes. */
  MUSIC(new Music()),
  /** Clicks and bumps at irregular times. */
  BUMPS(Tones::bumps);

  /** The largest magnitude in each sound that is not quieter on purpose. */
  public static final float PEAK = 0.5f;

  /** Whatever is none of the events: what a detector must not take for one. */
  public static final List<MadeSounds> BACKGROUNDS =
      List.copyOf(EnumSet.complementOf(EnumSet.of(SMOKE_ALARM, SIREN, CLOCK_TICK, RAIN)));

  // An interface cannot promise what each of these keeps: no state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Sound sound;

  MadeSounds(Sound sound) {
    this.sound = sound;
  }

  @Override
  public float[] make(RandomGenerator random, int samples) {
    double decibels = this == FAINT_NOISE ? Draw.between(random, -80, -50) : 0;
    float[] made = sound.make(random, samples);
    return Level.toPeak(made, PEAK * Level.gain(decibels));
  }
}
