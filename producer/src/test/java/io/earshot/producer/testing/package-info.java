/** What several tests need: tones and their measurement, other programs, the shared recordings. */
package io.earshot.producer.testing;
