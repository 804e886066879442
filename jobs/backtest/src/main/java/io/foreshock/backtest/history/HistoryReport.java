package io.foreshock.backtest.history;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.InputReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what became of the rows of a history. */
final class HistoryReport {
  private HistoryReport() {}

  /**
   * @param repeated local times that came twice and were told apart
   */
  static InputReport of(HistoryIntake intake, HistoryMessages messages, long repeated) {
    BadRows bad = intake.bad();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d rows: %,d readings of %,d assets, %,d failures; %,d missing values; %s",
            intake.rows(),
            intake.readings(),
            intake.assets().all().size(),
            intake.failures().size(),
            intake.missingValues(),
            bad.count() == 0
                ? "nothing bad"
                : String.format(Locale.ROOT, "%,d bad:", bad.count())));
    lines.addAll(bad.describe());
    if (messages.duplicates() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d readings stood there twice (same asset, channel and time): the first counts.",
              messages.duplicates()));
    }
    if (intake.repeatedFailures() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d failures stood there twice (same asset, component and time): each counts once.",
              intake.repeatedFailures()));
    }
    if (repeated > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d times lie in an hour that came twice, when clocks were set back.",
              repeated));
    }
    if (!intake.leftOut().isEmpty()) {
      lines.add("Left out, because the mapping does not name them: " + intake.leftOut());
    }
    return new InputReport(lines, json(intake, messages, repeated));
  }

  private static ObjectNode json(HistoryIntake intake, HistoryMessages messages, long repeated) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", intake.rows());
    json.put("readings", intake.readings());
    json.put("assets", intake.assets().all().size());
    json.put("missing", intake.missingValues());
    json.put("duplicates", messages.duplicates());
    json.put("duplicateFailures", intake.repeatedFailures());
    json.put("repeatedTimes", repeated);
    json.put("bad", intake.bad().count());
    json.set("badRows", intake.bad().toJson());
    intake.leftOut().forEach(json.putObject("leftOut")::put);
    return json;
  }
}
