package io.foreshock.backtest.score;

import io.foreshock.backtest.score.MissedFailure.Approach;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.PatternLanguage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By how much the time of a pattern was too short: runs it with more time, and takes the shortest
 * that would have detected the failure.
 */
final class WithinProbe {
  private static final double[] LONGER = {1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4};

  private final Protocol protocol;
  private final Map<PatternDefinition, Map<String, Duration>> probed = new LinkedHashMap<>();
  private final List<PatternDefinition> runs = new ArrayList<>();

  /**
   * @param patterns patterns that raise alarms; those of a single stage have nothing to wait for
   */
  WithinProbe(List<PatternDefinition> patterns, Protocol protocol) {
    this.protocol = protocol;
    for (PatternDefinition pattern : patterns) {
      if (pattern.sequence().size() > 1) {
        probed.put(pattern, longer(pattern));
      }
    }
  }

  private Map<String, Duration> longer(PatternDefinition pattern) {
    Map<String, Duration> names = new LinkedHashMap<>();
    for (double times : LONGER) {
      Duration within = Duration.ofMillis(Math.round(pattern.within().toMillis() * times));
      if (within.compareTo(PatternLanguage.DEFAULT_MAXIMUM_WITHIN) <= 0) {
        String name = "probe-within-" + runs.size();
        names.put(name, within);
        runs.add(Variants.within(Variants.renamed(pattern, name), within));
      }
    }
    return names;
  }

  /** What is to run, each under a name of its own. */
  List<PatternDefinition> runs() {
    return runs;
  }

  /** The patterns of its component for which more time would have been enough. */
  List<Approach> approaches(ComponentEvent failure, Spoken spoken) {
    List<Approach> approaches = new ArrayList<>();
    probed.forEach(
        (pattern, longer) -> {
          if (pattern.detection().component().equals(failure.component())) {
            for (Map.Entry<String, Duration> run : longer.entrySet()) {
              Long at = spoken.within(run.getKey(), failure, protocol);
              if (at != null) {
                approaches.add(approach(pattern, run.getValue(), at, failure));
                return;
              }
            }
          }
        });
    return approaches;
  }

  private static Approach approach(
      PatternDefinition pattern, Duration within, long at, ComponentEvent failure) {
    return new Approach(
        pattern.name(),
        "",
        "",
        "within",
        pattern.within().toMillis() / (double) Score.HOUR_MILLIS,
        within.toMillis() / (double) Score.HOUR_MILLIS,
        at,
        "With within: %s instead of %s %s would have detected it at %s, %s."
            .formatted(
                Quantities.text(within),
                Quantities.text(pattern.within()),
                pattern.name(),
                Words.time(at),
                Words.beforeFailure(at, failure)));
  }
}
