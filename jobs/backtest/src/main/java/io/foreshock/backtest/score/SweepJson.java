package io.foreshock.backtest.score;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A sweep as JSON. */
final class SweepJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SweepJson() {}

  static ObjectNode of(Sweep sweep) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("pattern", sweep.pattern());
    node.put("path", sweep.path());
    node.put("current", sweep.current());
    node.put("chosenOn", sweep.chosenOnTrain() ? "train" : "all");
    node.put("best", sweep.bestPoint().map(Sweep.Point::text).orElse(null));
    ArrayNode values = node.putArray("values");
    for (Sweep.Point point : sweep.points()) {
      ObjectNode one = values.addObject();
      one.put("value", point.text());
      one.setAll(measures(point.all()));
      point
          .split()
          .ifPresent(
              split -> {
                one.set("train", measures(split.train()));
                one.set("test", measures(split.test()));
              });
      one.set("overall", ScoreJson.score(point.overall()));
    }
    return node;
  }

  private static ObjectNode measures(Measures measures) {
    ObjectNode node = ScoreJson.score(measures.score());
    node.set("intervals", ScoreJson.bounds(measures.intervals()));
    return node;
  }
}
