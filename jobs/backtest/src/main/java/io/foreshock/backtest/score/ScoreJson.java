package io.foreshock.backtest.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.score.Intervals.Interval;

/** Scores and intervals as JSON. */
final class ScoreJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double FOUR_DECIMALS = 10_000;

  private ScoreJson() {}

  static ObjectNode score(Score score) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("alarms", score.alarms());
    node.put("true", score.trueAlarms());
    node.put("false", score.falseAlarms());
    node.put("failures", score.failures());
    node.put("found", score.foundFailures());
    node.put("missed", score.missedFailures());
    number(node, "precision", score.precision());
    number(node, "recall", score.recall());
    number(node, "f1", score.f1());
    number(node, "leadHoursMedian", score.leadHoursMedian());
    number(node, "leadHoursP10", score.leadHoursP10());
    number(node, "falseAlarmsPerMachineMonth", score.falseAlarmsPerMachineMonth());
    number(node, "alarmsPerDay", score.alarmsPerDay());
    number(node, "machineHours", score.machineHours());
    return node;
  }

  /** How the intervals were made, and the intervals. */
  static ObjectNode intervals(Intervals intervals) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("level", intervals.level());
    node.put("method", "bootstrap over assets, percentiles");
    node.put("draws", intervals.draws());
    node.put("seed", intervals.seed());
    node.put("assets", intervals.assets());
    node.setAll(bounds(intervals));
    return node;
  }

  static ObjectNode bounds(Intervals intervals) {
    ObjectNode node = MAPPER.createObjectNode();
    node.set("precision", interval(intervals.precision()));
    node.set("recall", interval(intervals.recall()));
    node.set("f1", interval(intervals.f1()));
    node.set("leadHoursMedian", interval(intervals.leadHoursMedian()));
    node.set("falseAlarmsPerMachineMonth", interval(intervals.falseAlarmsPerMachineMonth()));
    return node;
  }

  private static ArrayNode interval(Interval interval) {
    if (!interval.isKnown()) {
      return null;
    }
    ArrayNode node = MAPPER.createArrayNode();
    node.add(rounded(interval.low()));
    node.add(rounded(interval.high()));
    return node;
  }

  static ObjectNode leadTimes(LeadTimes leadTimes) {
    ObjectNode node = MAPPER.createObjectNode();
    ObjectNode quantiles = node.putObject("quantiles");
    for (int i = 0; i < LeadTimes.PROBABILITIES.size(); i++) {
      number(
          quantiles,
          "p" + Math.round(LeadTimes.PROBABILITIES.get(i) * 100),
          leadTimes.quantiles().get(i));
    }
    ArrayNode histogram = node.putArray("histogram");
    for (LeadTimes.Bin bin : leadTimes.histogram()) {
      ObjectNode one = histogram.addObject();
      number(one, "fromHours", bin.fromHours());
      number(one, "toHours", bin.toHours());
      one.put("failures", bin.failures());
    }
    return node;
  }

  static void number(ObjectNode node, String name, double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      node.putNull(name);
    } else {
      node.put(name, rounded(value));
    }
  }

  private static double rounded(double value) {
    return Math.round(value * FOUR_DECIMALS) / FOUR_DECIMALS;
  }
}
