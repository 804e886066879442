package io.foreshock.fleet;

import io.foreshock.model.AssetRef;
import io.foreshock.model.OperatingStateChange.State;
import java.util.List;

/**
 * What will happen to one machine, decided before the simulation starts.
 *
 * @param asset machine concerned
 * @param kind kind of machine
 * @param failure how it fails; null for a machine that stays healthy
 * @param degradation course of the fault; {@link Degradation#NONE} for a healthy machine
 * @param repairedMillis when the failed part was replaced and the machine started again
 * @param disturbances what happens to it besides
 */
record AssetStory(
    AssetRef asset,
    AssetKind kind,
    SeededFailure failure,
    Degradation degradation,
    long repairedMillis,
    List<Disturbance> disturbances) {

  FailureKind failureKind() {
    return failure == null ? null : failure.kind();
  }

  /** What the machine is wanted to do at a time. */
  State dutyAt(long millis) {
    if (millis > degradation.failureMillis() && millis < repairedMillis) {
      return State.FAULT;
    }
    for (Disturbance disturbance : disturbances) {
      if (disturbance.kind() == Disturbance.Kind.COLD_START && disturbance.covers(millis)) {
        return State.STOPPED;
      }
    }
    return State.RUNNING;
  }
}
