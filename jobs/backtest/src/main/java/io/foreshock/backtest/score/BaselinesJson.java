package io.foreshock.backtest.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.score.Baselines.BySection;
import io.foreshock.backtest.score.Baselines.RandomAlarms;
import io.foreshock.backtest.score.Baselines.Rule;
import io.foreshock.backtest.score.Baselines.Thresholds;
import java.util.List;
import java.util.function.Function;

/** Baselines as JSON. */
final class BaselinesJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private BaselinesJson() {}

  static ObjectNode of(Baselines baselines) {
    ObjectNode root = MAPPER.createObjectNode();
    baselines
        .naive()
        .ifPresent(naive -> root.set("naive", sections(naive, BaselinesJson::measures)));
    baselines.threshold().ifPresent(threshold -> root.set("singleThreshold", of(threshold)));
    root.set("randomAlarm", sections(baselines.random(), BaselinesJson::random));
    return root;
  }

  private static ObjectNode of(Thresholds threshold) {
    ObjectNode node = sections(threshold.overall(), BaselinesJson::measures);
    node.put("chosenOn", threshold.chosenOn());
    node.set("rules", rules(threshold.rules()));
    node.set("channels", rules(threshold.channels()));
    return node;
  }

  private static ArrayNode rules(List<Rule> rules) {
    ArrayNode node = MAPPER.createArrayNode();
    for (Rule rule : rules) {
      ObjectNode one = node.addObject();
      one.put("choice", rule.fold() + 1);
      one.put("component", rule.component());
      one.put("channel", rule.channel());
      one.put("side", rule.above() ? "above" : "below");
      ScoreJson.number(one, "limit", rule.limit());
      one.set("chosen", ScoreJson.score(rule.chosen()));
      rule.judged().ifPresent(score -> one.set("judged", ScoreJson.score(score)));
    }
    return node;
  }

  /** Of all assets at the top, of train and test below. */
  private static <T> ObjectNode sections(BySection<T> by, Function<T, ObjectNode> json) {
    ObjectNode node = json.apply(by.all());
    if (by.train() != null) {
      node.set("train", json.apply(by.train()));
      node.set("test", json.apply(by.test()));
    }
    return node;
  }

  private static ObjectNode measures(Measures measures) {
    ObjectNode node = ScoreJson.score(measures.score());
    node.set("intervals", ScoreJson.bounds(measures.intervals()));
    return node;
  }

  private static ObjectNode random(RandomAlarms random) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("draws", random.draws());
    node.put("seed", random.seed());
    ScoreJson.number(node, "alarms", random.alarms());
    ScoreJson.number(node, "true", random.trueAlarms());
    node.put("failures", random.failures());
    ScoreJson.number(node, "found", random.foundFailures());
    ScoreJson.number(node, "precision", random.precision());
    ScoreJson.number(node, "recall", random.recall());
    ScoreJson.number(node, "f1", random.f1());
    ScoreJson.number(node, "leadHoursMedian", random.leadHoursMedian());
    ScoreJson.number(node, "falseAlarmsPerMachineMonth", random.falseAlarmsPerMachineMonth());
    return node;
  }
}
