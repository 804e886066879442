package io.foreshock.backtest.score;

import io.foreshock.model.Detection;

/**
 * One pattern on its own.
 *
 * @param pattern name of the pattern
 * @param version version of the pattern
 * @param component component that it is about; its failures are the ones to be found
 * @param severity of its detections; it need not be one that counts as alarm
 * @param measures its detections against the failures of the component
 */
public record PatternMeasures(
    String pattern,
    int version,
    String component,
    Detection.Severity severity,
    Measures measures) {}
