/**
 * Sound by the Real-time Transport Protocol: RFC 3550 (packets, reports), RFC 3551 (payloads).
 *
 * <pre>
 * datagram -&gt; RtpPacket -&gt; JitterBuffer -&gt; RtpSession -&gt; live
 *                          in order,      samples at their
 *                          once each      positions, gaps
 * </pre>
 *
 * <p>Pure: no threads and no sockets, and time comes in as a parameter. {@link
 * io.earshot.producer.net} brings the datagrams.
 */
package io.earshot.producer.rtp;
