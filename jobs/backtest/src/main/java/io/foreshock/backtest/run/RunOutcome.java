package io.foreshock.backtest.run;

import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import java.util.List;

/**
 * What came out of the pipeline.
 *
 * @param detections by event time, then asset, pattern and id
 * @param signals by event time, then asset; empty unless wished for
 * @param nearMisses by event time; empty unless wished for
 * @param refused what the job could not use and why, in words; the first of many
 * @param cost what the run took
 */
public record RunOutcome(
    Results<Detection> detections,
    Results<Signal> signals,
    Results<NearMiss> nearMisses,
    List<String> refused,
    RunCost cost) {}
