package io.foreshock.backtest.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.run.RunCost;
import io.foreshock.backtest.score.Answer.Split;
import io.foreshock.backtest.score.MissedFailure.Approach;
import io.foreshock.backtest.score.MissedFailure.Attempt;
import java.time.Instant;
import java.util.Locale;

/**
 * An answer in the form that other programs read. An unknown figure is null; times are ISO 8601 in
 * UTC; shares, hours and rates have four decimals.
 */
public final class AnswerJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private AnswerJson() {}

  /** The whole answer. */
  public static ObjectNode of(Answer answer) {
    ObjectNode root = section(answer.all());
    root.set("protocol", protocol(answer));
    if (answer.baselines().naive().isPresent()) {
      root.set("baseline", ScoreJson.score(answer.baselines().naive().get().all().score()));
    }
    root.set("baselines", BaselinesJson.of(answer.baselines()));
    ArrayNode missed = root.putArray("missed");
    answer.missed().forEach(failure -> missed.add(missed(failure)));
    answer.cost().ifPresent(cost -> root.set("cost", cost(cost)));
    answer.split().ifPresent(split -> split(root, split));
    if (!answer.sweeps().isEmpty()) {
      ArrayNode sweeps = root.putArray("sweep");
      answer.sweeps().forEach(sweep -> sweeps.add(SweepJson.of(sweep)));
    }
    answer.comparison().ifPresent(comparison -> root.set("compare", compare(comparison)));
    return root;
  }

  private static ObjectNode protocol(Answer answer) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("horizonHours", answer.protocol().horizon().toMillis() / 3_600_000.0);
    node.put("silenceHours", answer.protocol().silence().toMillis() / 3_600_000.0);
    return node;
  }

  /** The figures of some assets. */
  static ObjectNode section(Section section) {
    ObjectNode root = MAPPER.createObjectNode();
    root.set("overall", ScoreJson.score(section.overall().score()));
    ObjectNode all = root.putObject("allFailures");
    all.put("failures", section.seen().failures());
    all.put("found", section.seen().found());
    ScoreJson.number(all, "recall", section.seen().recall());
    ObjectNode components = root.putObject("components");
    section
        .components()
        .forEach((name, measures) -> components.set(name, ScoreJson.score(measures.score())));
    root.set("watch", ScoreJson.score(section.watch().score()));
    ObjectNode intervals = ScoreJson.intervals(section.overall().intervals());
    ObjectNode ofComponents = intervals.putObject("components");
    section
        .components()
        .forEach(
            (name, measures) -> ofComponents.set(name, ScoreJson.bounds(measures.intervals())));
    root.set("intervals", intervals);
    root.set("leadTimes", ScoreJson.leadTimes(section.overall().leadTimes()));
    ArrayNode patterns = root.putArray("patterns");
    section.patterns().forEach(pattern -> patterns.add(pattern(pattern)));
    ArrayNode assets = root.putArray("assets");
    section.assets().forEach(assets::add);
    return root;
  }

  private static ObjectNode pattern(PatternMeasures pattern) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("pattern", pattern.pattern());
    node.put("version", pattern.version());
    node.put("component", pattern.component());
    node.put("severity", pattern.severity().name().toLowerCase(Locale.ROOT));
    node.setAll(ScoreJson.score(pattern.measures().score()));
    node.set("intervals", ScoreJson.bounds(pattern.measures().intervals()));
    node.set("leadTimes", ScoreJson.leadTimes(pattern.measures().leadTimes()));
    return node;
  }

  private static ObjectNode missed(MissedFailure failure) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("asset", failure.failure().asset());
    node.put("component", failure.failure().component());
    node.put("time", time(failure.failure().millis()));
    ArrayNode attempts = node.putArray("nearMisses");
    for (Attempt attempt : failure.attempts()) {
      ObjectNode one = attempts.addObject();
      one.put("pattern", attempt.nearMiss().pattern());
      one.put("reason", attempt.nearMiss().reason().name());
      one.put("furthestStage", attempt.nearMiss().furthestStage());
      one.put("missingStage", attempt.nearMiss().missingStage());
      one.put("stagesReached", attempt.stagesReached());
      one.put("stages", attempt.stages());
      one.put("ended", time(attempt.nearMiss().endedAtMillis()));
      one.put("text", attempt.text());
    }
    ArrayNode approaches = node.putArray("approaches");
    for (Approach approach : failure.approaches()) {
      ObjectNode one = approaches.addObject();
      one.put("pattern", approach.pattern());
      one.put("symptom", approach.symptom());
      one.put("channel", approach.channel());
      one.put("parameter", approach.parameter());
      ScoreJson.number(one, "required", approach.required());
      ScoreJson.number(one, "reached", approach.reached());
      if (!Double.isNaN(approach.reached())) {
        one.put("time", time(approach.atMillis()));
      }
      one.put("text", approach.text());
    }
    ArrayNode notes = node.putArray("notes");
    failure.notes().forEach(notes::add);
    return node;
  }

  private static ObjectNode cost(RunCost cost) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("assets", cost.assets());
    node.put("messages", cost.messages());
    ScoreJson.number(node, "wallSeconds", cost.wallSeconds());
    ScoreJson.number(node, "cpuSeconds", cost.cpuSeconds());
    ScoreJson.number(node, "cpuSecondsPerAsset", cost.cpuSecondsPerAsset());
    ScoreJson.number(node, "stateBytesPerAsset", cost.stateBytesPerAsset());
    return node;
  }

  private static void split(ObjectNode root, Split split) {
    root.set("train", section(split.train()));
    root.set("test", section(split.test()));
  }

  private static ObjectNode compare(Comparison comparison) {
    ObjectNode node = MAPPER.createObjectNode();
    version(
        node.putObject("a"),
        comparison.first(),
        comparison.a(),
        comparison.splitA().orElse(null),
        comparison.costA().orElse(null));
    version(
        node.putObject("b"),
        comparison.second(),
        comparison.b(),
        comparison.splitB().orElse(null),
        comparison.costB().orElse(null));
    node.put("same", comparison.same());
    ArrayNode differences = node.putArray("differences");
    for (Comparison.Difference difference : comparison.differences()) {
      ObjectNode one = differences.addObject();
      one.put("asset", difference.asset());
      one.put("component", difference.component());
      one.put("timeA", difference.millisA().map(AnswerJson::time).orElse(null));
      one.put("timeB", difference.millisB().map(AnswerJson::time).orElse(null));
      one.put("a", word(difference.a()));
      one.put("b", word(difference.b()));
      one.put("failure", difference.failureMillis().map(AnswerJson::time).orElse(null));
      one.put("why", difference.why());
    }
    return node;
  }

  private static void version(
      ObjectNode node, String name, Section section, Split split, RunCost cost) {
    node.put("name", name);
    node.setAll(section(section));
    if (split != null) {
      split(node, split);
    }
    if (cost != null) {
      node.set("cost", cost(cost));
    }
  }

  static String word(Comparison.Outcome outcome) {
    return switch (outcome) {
      case TRUE_ALARM -> "true";
      case FALSE_ALARM -> "false";
      case NO_ALARM -> "none";
    };
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
