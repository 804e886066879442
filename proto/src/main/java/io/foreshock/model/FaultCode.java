package io.foreshock.model;

/**
 * A diagnostic code that the machine's controller raised.
 *
 * @param code as the controller names it, e.g. {@code P0217}
 * @param eventTimeMillis device clock when it was raised
 * @param component part the controller blames; empty when not stated
 * @param severity as stated by the controller
 */
public record FaultCode(String code, long eventTimeMillis, String component, Severity severity) {

  /** Severity as stated by the controller. Order and names are part of the state format. */
  public enum Severity {
    UNSPECIFIED,
    INFO,
    WARNING,
    ERROR
  }
}
