package io.foreshock.backtest.score;

import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.NearMiss;
import io.foreshock.model.Signal;
import io.foreshock.operators.documents.Quantities;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.stream.Collectors;

/** A near miss in words. */
final class NearMissText {
  private NearMissText() {}

  /** Time of the first signal of a match; when it ended, if its signals are not known. */
  static long begins(NearMiss miss) {
    return miss.evidence().stream()
        .flatMap(stage -> stage.signals().stream())
        .mapToLong(Signal::eventTimeMillis)
        .min()
        .orElse(miss.endedAtMillis());
  }

  /** How far a match came and what was missing by how much, without a full stop. */
  static String describe(NearMiss miss, PatternDefinition pattern) {
    StringBuilder text = new StringBuilder(miss.pattern()).append(" reached ");
    text.append(
        miss.evidence().stream()
            .filter(stage -> !stage.signals().isEmpty())
            .map(NearMissText::stage)
            .collect(Collectors.joining(", ")));
    if (miss.furthestStage().isEmpty()) {
      text.append("a stage that is not known");
    }
    text.append(miss.missingStage().isEmpty() ? "" : "; " + miss.missingStage() + " was missing");
    String ended = Words.time(miss.endedAtMillis());
    String by = miss.endedBy() == null ? "" : " (" + Words.signal(miss.endedBy()) + ")";
    long open = miss.endedAtMillis() - begins(miss);
    return switch (miss.reason()) {
      case TIMED_OUT ->
          text + " when the time of " + Quantities.text(pattern.within()) + " was over at " + ended;
      case FORBIDDEN_STAGE ->
          "%s when %s%s ended it at %s, after %s of %s"
              .formatted(
                  text,
                  miss.endedByStage(),
                  by,
                  ended,
                  Words.hours(open),
                  Quantities.text(pattern.within()));
      case INTERRUPTED -> text + " when another signal" + by + " came between at " + ended;
      case ABANDONED -> text + " when the asset had been silent for too long at " + ended;
      case PATTERN_CHANGED -> text + " when the pattern changed at " + ended;
      case OVERFLOWED -> text + " when too many matches were open at " + ended;
    };
  }

  private static String stage(StageEvidence stage) {
    Signal last = stage.signals().get(stage.signals().size() - 1);
    return "%s (%s, %s)"
        .formatted(stage.stage(), Words.signal(last), Words.time(last.eventTimeMillis()));
  }
}
