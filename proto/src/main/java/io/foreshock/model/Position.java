package io.foreshock.model;

/**
 * Position of a mobile asset, WGS 84.
 *
 * @param eventTimeMillis device clock of the fix
 * @param latitudeDegrees north positive
 * @param longitudeDegrees east positive
 * @param speedMetresPerSecond over ground; NaN when not measured
 * @param headingDegrees clockwise from north; NaN when not measured
 * @param accuracyMetres radius of the 68 % circle; NaN when not stated
 */
public record Position(
    long eventTimeMillis,
    double latitudeDegrees,
    double longitudeDegrees,
    double speedMetresPerSecond,
    double headingDegrees,
    double accuracyMetres) {}
