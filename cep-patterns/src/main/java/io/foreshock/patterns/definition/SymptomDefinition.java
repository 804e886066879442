package io.foreshock.patterns.definition;

import io.foreshock.operators.detect.DetectorSpec;
import java.io.Serializable;

/**
 * A symptom that the stages of a pattern may name.
 *
 * @param name name within the pattern
 * @param detector what raises and clears it; patterns with equal detectors share one
 */
public record SymptomDefinition(String name, DetectorSpec detector) implements Serializable {}
