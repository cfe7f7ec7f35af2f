package io.earshot.producer.spool;

/**
 * Where a frame lies on disk.
 *
 * @param ordinal its number in the segment, from 0
 * @param offset of its record in the file
 * @param bytes of its record
 */
record Place(Segment segment, int ordinal, long offset, int bytes) {}
