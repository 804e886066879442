/**
 * Symptoms from readings: small state machines ({@link io.foreshock.operators.detect.Detector}),
 * each described by a {@link io.foreshock.operators.detect.DetectorSpec}, and the stream operator
 * that runs any set of them on each asset ({@link
 * io.foreshock.operators.detect.DetectSymptomsFunction}).
 *
 * <p>A symptom is an edge: one signal when it begins, one when it ends. What its score and limit
 * are stands with each detector; both are in the same unit.
 */
package io.foreshock.operators.detect;
