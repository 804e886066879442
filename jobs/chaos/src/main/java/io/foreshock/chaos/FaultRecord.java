package io.foreshock.chaos;

/**
 * A fault that was done.
 *
 * @param atSeconds since the first fault could have come
 * @param kind what was done
 * @param victim which process, e.g. {@code taskmanager-3}
 * @param heldSeconds how long it lasted
 * @param alone whether the job could recover before the next fault came
 * @param nextRecordSeconds from its begin to the next record that a reader of committed records
 *     saw, whenever that was sent; NaN when there was none
 * @param recoverySeconds from its begin to the first committed record that was sent after it; NaN
 *     when there was none
 */
public record FaultRecord(
    double atSeconds,
    FaultKind kind,
    String victim,
    double heldSeconds,
    boolean alone,
    double nextRecordSeconds,
    double recoverySeconds) {}
