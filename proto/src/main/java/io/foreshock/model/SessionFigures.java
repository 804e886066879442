package io.foreshock.model;

/**
 * What was measured in a session. Absent is NaN for quantities and -1 for counts.
 *
 * @param readings moments at which at least one reading or position came
 * @param loadMean mean of the load channel's readings, in its unit
 * @param loadMax largest of them
 * @param energyKilowattHours integral of the power channel
 * @param fuelLitres integral of the fuel rate
 * @param distanceMetres way travelled
 * @param distanceSource what the distance was taken from
 * @param averageSpeedKmH distance over the whole duration, standstill included
 * @param maxSpeedKmH largest speed reported, or by positions when none was
 * @param idlingCount standstills longer than the rule's limit
 * @param idlingMillis their duration together
 * @param harshBrakings times at which the speed fell faster than the rule's limit
 * @param rejectedPositions positions that were not believed
 * @param starts sessions that began; of a day only
 * @param operatingMillis their duration together; of a day only
 */
public record SessionFigures(
    long readings,
    double loadMean,
    double loadMax,
    double energyKilowattHours,
    double fuelLitres,
    double distanceMetres,
    DistanceSource distanceSource,
    double averageSpeedKmH,
    double maxSpeedKmH,
    int idlingCount,
    long idlingMillis,
    int harshBrakings,
    int rejectedPositions,
    int starts,
    long operatingMillis) {

  /** Nothing measured. */
  public static final SessionFigures NONE = ofDay(-1, -1);

  /** What a distance was taken from. Order and names are part of the state format. */
  public enum DistanceSource {
    NONE,
    ODOMETER,
    POSITIONS,
    SPEED
  }

  /** Figures of a day. */
  public static SessionFigures ofDay(int starts, long operatingMillis) {
    return new SessionFigures(
        -1,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        DistanceSource.NONE,
        Double.NaN,
        Double.NaN,
        -1,
        -1,
        -1,
        -1,
        starts,
        operatingMillis);
  }
}
