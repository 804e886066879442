package io.foreshock.backtest.score;

import io.foreshock.backtest.score.MissedFailure.Approach;
import io.foreshock.model.Detection.Severity;
import io.foreshock.patterns.CompiledPattern.DetectionTemplate;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.definition.AfterMatch;
import io.foreshock.patterns.definition.Contiguity;
import io.foreshock.patterns.definition.OpenMatches;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.definition.Quantifier;
import io.foreshock.patterns.definition.StageDefinition;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How near symptoms came that did not begin: runs the same detectors with milder limits and shorter
 * holds, all in one go, and takes for each the one nearest to the pattern's that would have seen
 * it.
 */
final class SymptomProbe {
  private static final String PREFIX = "probe-";
  private static final String SYMPTOM = "s";

  private final Protocol protocol;
  private final List<Probed> probed = new ArrayList<>();
  private final List<PatternDefinition> runs = new ArrayList<>();

  /** A symptom of a pattern, and the names of the runs about it. */
  private record Probed(
      PatternDefinition pattern,
      SymptomDefinition symptom,
      String began,
      String ended,
      Map<Relaxation, String> relaxed) {}

  private SymptomProbe(Protocol protocol) {
    this.protocol = protocol;
  }

  /** Symptoms of the patterns of the components that failed, equal ones once. */
  static SymptomProbe of(
      List<PatternDefinition> patterns, List<ComponentEvent> missed, Protocol protocol) {
    SymptomProbe probe = new SymptomProbe(protocol);
    Set<String> components = new HashSet<>();
    missed.forEach(failure -> components.add(failure.component()));
    Set<String> known = new HashSet<>();
    for (PatternDefinition pattern : patterns) {
      String component = pattern.detection().component();
      for (SymptomDefinition symptom : pattern.symptoms()) {
        if (components.contains(component)
            && known.add(component + '/' + symptom.detector().id())) {
          probe.add(pattern, symptom);
        }
      }
    }
    return probe;
  }

  private void add(PatternDefinition pattern, SymptomDefinition symptom) {
    List<Relaxation> relaxations = Relaxation.of(symptom.detector());
    if (relaxations.isEmpty()) {
      return;
    }
    Map<Relaxation, String> relaxed = new LinkedHashMap<>();
    for (Relaxation relaxation : relaxations) {
      relaxed.put(
          relaxation,
          define(pattern, new SymptomDefinition(SYMPTOM, relaxation.spec()), "symptom"));
    }
    SymptomDefinition same = new SymptomDefinition(SYMPTOM, symptom.detector());
    probed.add(
        new Probed(
            pattern,
            symptom,
            define(pattern, same, "symptom"),
            define(pattern, same, "cleared"),
            relaxed));
  }

  private String define(PatternDefinition pattern, SymptomDefinition symptom, String variable) {
    String name = PREFIX + runs.size();
    StageDefinition stage =
        new StageDefinition(
            "on", variable + " == \"" + SYMPTOM + '"', Contiguity.FOLLOWED_BY, Quantifier.ONE);
    runs.add(
        new PatternDefinition(
            name,
            1,
            "",
            "",
            pattern.scope(),
            List.of(symptom),
            List.of(stage),
            Duration.ofHours(1),
            AfterMatch.SKIP_PAST_LAST_EVENT,
            OpenMatches.DEFAULT,
            OnChange.DROP,
            new DetectionTemplate(
                pattern.detection().component(), "probe", Severity.WATCH, Duration.ZERO)));
    return name;
  }

  /** What is to run, each under a name of its own that begins with {@code probe-}. */
  List<PatternDefinition> runs() {
    return runs;
  }

  /** The symptoms of its component that did not begin within the horizon before a failure. */
  List<Approach> approaches(ComponentEvent failure, Spoken spoken) {
    List<Approach> approaches = new ArrayList<>();
    for (Probed one : probed) {
      if (one.pattern.detection().component().equals(failure.component())
          && !wasOn(one, failure, spoken)) {
        approach(one, failure, false, spoken).ifPresent(approaches::add);
        approach(one, failure, true, spoken).ifPresent(approaches::add);
      }
    }
    return approaches;
  }

  /** True when the symptom began within the horizon, or before it and was still on. */
  private boolean wasOn(Probed one, ComponentEvent failure, Spoken spoken) {
    Long began = spoken.times(one.began, failure.asset()).lower(failure.millis());
    if (began == null) {
      return false;
    }
    long from = failure.millis() - protocol.horizonMillis();
    Long ended = spoken.times(one.ended, failure.asset()).ceiling(began);
    return began >= from || ended == null || ended > from;
  }

  /** The nearest relaxation that would have seen it; of holds only one that would have. */
  private Optional<Approach> approach(
      Probed one, ComponentEvent failure, boolean hold, Spoken spoken) {
    Relaxation last = null;
    for (Map.Entry<Relaxation, String> run : one.relaxed.entrySet()) {
      Relaxation relaxation = run.getKey();
      if (relaxation.isHold() == hold) {
        last = relaxation;
        Long at = spoken.within(run.getValue(), failure, protocol);
        if (at != null) {
          return Optional.of(approach(one, relaxation, relaxation.value(), at, failure));
        }
      }
    }
    return last == null || hold
        ? Optional.empty()
        : Optional.of(approach(one, last, Double.NaN, 0, failure));
  }

  private static Approach approach(
      Probed one, Relaxation relaxation, double reached, long at, ComponentEvent failure) {
    String symptom =
        "Symptom %s of %s did not begin".formatted(one.symptom.name(), one.pattern.name());
    String text =
        Double.isNaN(reached)
            ? "%s, and would not have with %s: %s instead of %s."
                .formatted(
                    symptom,
                    relaxation.parameter(),
                    relaxation.text(relaxation.value()),
                    relaxation.text(relaxation.required()))
            : "%s; with %s: %s instead of %s it would have, at %s, %s."
                .formatted(
                    symptom,
                    relaxation.parameter(),
                    relaxation.text(reached),
                    relaxation.text(relaxation.required()),
                    Words.time(at),
                    Words.beforeFailure(at, failure));
    return new Approach(
        one.pattern.name(),
        one.symptom.name(),
        one.symptom.detector().channel(),
        relaxation.parameter(),
        relaxation.required(),
        reached,
        at,
        text);
  }
}
