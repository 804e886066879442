package io.foreshock.cli.chaos;

import io.foreshock.chaos.ChaosResult;
import io.foreshock.chaos.truth.Comparison;
import java.util.List;

/** The end of a run in words. */
record ChaosText(ChaosResult result) {

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    List<Double> recovery = result.recoverySeconds();
    text.append(
        "%n%d faults, %d of them kills; %d records sent, seed %d%n"
            .formatted(
                result.faults().size(), result.kills(), result.sent(), result.settings().seed()));
    text.append(seconds("the next committed record", result.nextRecordSeconds()));
    text.append(seconds("the first committed record sent after it", recovery));
    if (result.leftOut() > 0) {
      text.append(
          "%d faults were left out: no TaskManager was in use.%n".formatted(result.leftOut()));
    }
    if (result.endedByThemselves() > 0) {
      text.append(
          "%d processes ended by themselves and were started again.%n"
              .formatted(result.endedByThemselves()));
    }
    if (result.neverRecovered() > 0) {
      text.append(
          "After %d faults no record that was sent later ever came.%n"
              .formatted(result.neverRecovered()));
    }
    if (!result.hasHappened()) {
      text.append("This run shows nothing: no fault was done, or an output had nothing to say.\n");
    }
    text.append('\n');
    text.append(table(result.comparisons()));
    if (!result.drained()) {
      text.append("\nThe outputs could not be read to their end: a transaction is open.\n");
    }
    if (result.notStored() > 0) {
      text.append(
          "\nThe broker has lost %d records that it had acknowledged.%n"
              .formatted(result.notStored()));
    }
    result.unreadable().stream().limit(5).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String seconds(String until, List<Double> ascending) {
    if (ascending.isEmpty()) {
      return "";
    }
    return "From a kill to %s: p50 %.1f s, p95 %.1f s, longest %.1f s (%d kills)%n"
        .formatted(
            until,
            ChaosResult.quantile(ascending, 0.5),
            ChaosResult.quantile(ascending, 0.95),
            ChaosResult.quantile(ascending, 1),
            ascending.size());
  }

  /** One line for each output, then the first differences. */
  static String table(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-14s %9s %9s %7s %11s %10s %11s%n"
            .formatted(
                "output", "expected", "found", "lost", "duplicated", "reordered", "unexpected"));
    for (Comparison each : comparisons) {
      text.append(
          "%-14s %9d %9d %7d %11d %10d %11d%n"
              .formatted(
                  each.output(),
                  each.expected(),
                  each.found(),
                  each.lost(),
                  each.duplicated(),
                  each.reordered(),
                  each.unexpected()));
    }
    for (Comparison each : comparisons) {
      each.examples().forEach(example -> text.append(each.output() + ": " + example + "\n"));
    }
    return text.toString();
  }
}
