package io.foreshock.patterns;

import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.operators.detect.AssetScope;
import io.foreshock.patterns.condition.ConditionErrors;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A pattern ready for the engine. Made inside a task, never shipped.
 *
 * @param name name of the pattern, kebab case
 * @param version version, from 1; half-matched state belongs to (name, version)
 * @param scope assets it applies to
 * @param pattern what matches, in flink-cep's terms; has a {@code within}
 * @param relevance which signals can take part at all
 * @param maxOpenMatches open matches an asset may have of this pattern
 * @param overflow what happens to one more
 * @param onChange what happens to open matches of an older version
 * @param detection what a match means
 * @param symptomNames name in the pattern by detector id, for evidence people can read
 * @param conditionErrors counts what its conditions could not evaluate
 */
public record CompiledPattern(
    String name,
    int version,
    AssetScope scope,
    Pattern<Signal, ?> pattern,
    Relevance relevance,
    int maxOpenMatches,
    Overflow overflow,
    OnChange onChange,
    DetectionTemplate detection,
    Map<String, String> symptomNames,
    ConditionErrors conditionErrors) {

  /** A pattern whose conditions never fail. */
  public CompiledPattern(
      String name,
      int version,
      AssetScope scope,
      Pattern<Signal, ?> pattern,
      Relevance relevance,
      int maxOpenMatches,
      Overflow overflow,
      OnChange onChange,
      DetectionTemplate detection,
      Map<String, String> symptomNames) {
    this(
        name,
        version,
        scope,
        pattern,
        relevance,
        maxOpenMatches,
        overflow,
        onChange,
        detection,
        symptomNames,
        new ConditionErrors(name));
  }

  /** What happens to a match that would be one too many. */
  public enum Overflow {
    /** The oldest open match is given up. */
    DROP_OLDEST,
    /** The new match is not opened. */
    DROP_NEWEST
  }

  /** What happens to half-matched state when another version of the pattern arrives. */
  public enum OnChange {
    /**
     * Old matches go on under the new version; only when stages, order and quantifiers are the
     * same.
     */
    KEEP,
    /**
     * Old matches go on under the old version until they end; new ones start under the new version.
     */
    DRAIN,
    /** Old matches are given up. */
    DROP
  }

  /**
   * What a match means.
   *
   * @param component part that is about to fail
   * @param failureMode how it is about to fail
   * @param severity how soon somebody must act
   * @param horizon the failure is expected within this time; zero when not stated
   */
  public record DetectionTemplate(
      String component, String failureMode, Detection.Severity severity, Duration horizon)
      implements Serializable {}
}
