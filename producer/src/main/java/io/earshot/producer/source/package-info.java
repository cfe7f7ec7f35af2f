/**
 * Where sound comes from: files, raw PCM, microphones, and what ffmpeg reads. Every source gives
 * interleaved floats at its own rate; {@link io.earshot.producer.convert} makes them mono at 16
 * kHz, driven by {@link io.earshot.producer.app}. Files are pulled ({@link
 * io.earshot.producer.source.FileSource}); what comes over the network is fed to a {@link
 * io.earshot.producer.source.FedDecoder}, which shares all but the reading.
 *
 * <p>The decoders of the javax.sound plug-ins for Ogg Vorbis, MP3 and FLAC are driven directly: the
 * plug-ins themselves lose short files, take mono and stereo only, and guess at what a file is.
 */
package io.earshot.producer.source;
