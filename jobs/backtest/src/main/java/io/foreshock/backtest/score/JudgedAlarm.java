package io.foreshock.backtest.score;

import java.util.List;

/**
 * An alarm that counted.
 *
 * @param verdict when, where, and what came of it
 * @param patterns patterns that reported it at that time, in order; several may
 * @param detectionIds their detections, in the same order
 */
public record JudgedAlarm(Verdict verdict, List<String> patterns, List<String> detectionIds) {
  public JudgedAlarm {
    patterns = List.copyOf(patterns);
    detectionIds = List.copyOf(detectionIds);
  }
}
