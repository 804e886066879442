package io.foreshock.model;

/**
 * The machine entered a state.
 *
 * @param state state entered
 * @param eventTimeMillis device clock at the change
 */
public record OperatingStateChange(State state, long eventTimeMillis) {

  /** What a machine is doing. Order and names are part of the state format. */
  public enum State {
    STOPPED,
    IDLE,
    RUNNING,
    FAULT,
    MAINTENANCE
  }
}
