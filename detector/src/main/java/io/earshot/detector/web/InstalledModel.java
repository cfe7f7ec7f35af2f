package io.earshot.detector.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A model package. Of one with a fault only its name and the fault are told, the rest is null.
 *
 * @param kind what it gives, as {@code models list} says it
 * @param labels how many
 * @param bytes of all of its files
 * @param inUse whether the detector hears with it
 * @param fault null if it is sound
 */
@JsonNaming(SnakeCaseStrategy.class)
public record InstalledModel(
    String name,
    String version,
    String kind,
    String licence,
    Integer labels,
    Long hopMs,
    Long bytes,
    boolean inUse,
    String fault) {}
