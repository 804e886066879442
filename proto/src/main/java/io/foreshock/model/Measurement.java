package io.foreshock.model;

/**
 * One value of one channel.
 *
 * @param channel measured quantity with its unit as suffix, e.g. {@code bearing_temperature_c}
 * @param eventTimeMillis device clock at the moment of measuring
 * @param value finite, in the unit of the channel
 */
public record Measurement(String channel, long eventTimeMillis, double value) {}
