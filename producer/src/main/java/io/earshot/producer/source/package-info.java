/**
 * Where sound comes from: files, raw PCM, microphones, and what ffmpeg reads. Every source gives
 * interleaved floats at its own rate; {@link io.earshot.producer.convert} makes them mono at 16
 * kHz, driven by {@link io.earshot.producer.app}.
 *
 * <p>The decoders of the javax.sound plug-ins for Ogg Vorbis, MP3 and FLAC are driven directly: the
 * plug-ins themselves lose short files, take mono and stereo only, and guess at what a file is.
 */
package io.earshot.producer.source;
