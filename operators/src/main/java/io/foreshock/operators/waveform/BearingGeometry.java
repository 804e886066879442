package io.foreshock.operators.waveform;

import io.foreshock.model.LineFrequency;
import java.util.ArrayList;
import java.util.List;

/**
 * Dimensions of a rolling element bearing whose outer ring stands still, and the frequencies at
 * which a local defect of one of its parts is passed over, as multiples of the shaft's.
 *
 * <p>Kinematics without slip: Randall and Antoni, Rolling element bearing diagnostics, a tutorial
 * (MSSP 25, 2011), equations 1 to 4; the manufacturers' calculators use the same. Slip moves the
 * real lines by 1 to 2 %.
 *
 * @param rollers number of rolling elements
 * @param rollerDiameter in the same unit as the pitch diameter
 * @param pitchDiameter of the circle on which the rolling elements' centres lie
 * @param contactAngleDegrees 0 for a deep groove ball bearing under radial load
 */
public record BearingGeometry(
    int rollers, double rollerDiameter, double pitchDiameter, double contactAngleDegrees) {

  public BearingGeometry {
    List<String> problems = new ArrayList<>();
    if (rollers < 3) {
      problems.add("rollers must be 3 or more, but are " + rollers + ".");
    }
    if (!(rollerDiameter > 0 && rollerDiameter < pitchDiameter)) {
      problems.add(
          "The rollers' diameter must be above 0 and below the pitch diameter, but is "
              + rollerDiameter
              + " of "
              + pitchDiameter
              + ".");
    }
    if (!(contactAngleDegrees >= 0 && contactAngleDegrees < 90)) {
      problems.add(
          "The contact angle must be from 0 to below 90 degrees, but is "
              + contactAngleDegrees
              + ".");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
  }

  private double ratio() {
    return rollerDiameter / pitchDiameter * Math.cos(Math.toRadians(contactAngleDegrees));
  }

  /** Ball pass frequency of the outer race. */
  public LineFrequency outerRace() {
    return new LineFrequency(0, rollers / 2.0 * (1 - ratio()));
  }

  /** Ball pass frequency of the inner race; its lines have side bands at the shaft's frequency. */
  public LineFrequency innerRace() {
    return new LineFrequency(0, rollers / 2.0 * (1 + ratio()));
  }

  /**
   * Spin frequency of a rolling element. A defect strikes both races in a turn, so even harmonics
   * are the stronger ones.
   */
  public LineFrequency roller() {
    return new LineFrequency(0, pitchDiameter / (2 * rollerDiameter) * (1 - ratio() * ratio()));
  }

  /** Fundamental train frequency: that of the cage. */
  public LineFrequency cage() {
    return new LineFrequency(0, (1 - ratio()) / 2);
  }
}
