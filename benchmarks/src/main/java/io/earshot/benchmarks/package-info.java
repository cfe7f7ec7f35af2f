/** The speed of single stages, measured with JMH. */
package io.earshot.benchmarks;
