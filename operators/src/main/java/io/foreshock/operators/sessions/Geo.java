package io.foreshock.operators.sessions;

/** Distances on the earth. */
final class Geo {
  /** Mean radius R1 of the GRS 80 ellipsoid (Moritz, Geodetic Reference System 1980), in metres. */
  static final double EARTH_RADIUS_METRES = 6_371_008.8;

  private Geo() {}

  /** Great-circle distance in metres, by the haversine formula; off by 0.5 % at most. */
  static double metres(double latitude1, double longitude1, double latitude2, double longitude2) {
    double phi1 = Math.toRadians(latitude1);
    double phi2 = Math.toRadians(latitude2);
    double sinLatitude = Math.sin((phi2 - phi1) / 2);
    double sinLongitude = Math.sin(Math.toRadians(longitude2 - longitude1) / 2);
    double a =
        sinLatitude * sinLatitude + Math.cos(phi1) * Math.cos(phi2) * sinLongitude * sinLongitude;
    return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(a)));
  }
}
