package io.foreshock.patterns;

import io.foreshock.operators.detect.DetectorPlan;
import java.io.Serializable;
import java.util.List;

/** Patterns that a job runs; travels to the tasks as data and is compiled there. */
public interface PatternSet extends Serializable {

  /**
   * Compiles the patterns. Called once per task; the same set always gives the same patterns in the
   * same order.
   */
  List<CompiledPattern> compile();

  /** The symptom detectors that the patterns need. */
  DetectorPlan detectors();
}
