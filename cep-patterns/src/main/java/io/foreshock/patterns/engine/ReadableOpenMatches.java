package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import io.foreshock.state.ReadableState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Open matches of an asset, for people. */
public final class ReadableOpenMatches implements ReadableState {

  @Override
  public String stateName() {
    return "open-matches";
  }

  @Override
  public Map<String, Object> read(byte[] value) throws IOException {
    StoredMatches matches = StoredMatches.read(value);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("assetClass", matches.assetClass());
    fields.put("clockEventTimeMillis", matches.clockEventTimeMillis());
    fields.put("lagMillis", matches.lagMillis());
    fields.put("timerMillis", matches.timerMillis());
    List<Map<String, Object>> patterns = new ArrayList<>();
    for (StoredMatches.OpenPattern pattern : matches.patterns()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("patternId", Long.toHexString(pattern.patternId()));
      one.put("version", pattern.version());
      one.put("open", pattern.open());
      one.put("deadlineMillis", pattern.deadlineMillis());
      one.put("signals", pattern.signals().stream().map(ReadableOpenMatches::fields).toList());
      patterns.add(one);
    }
    fields.put("patterns", patterns);
    return fields;
  }

  private static Map<String, Object> fields(Signal signal) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", signal.kind());
    fields.put("name", signal.name());
    fields.put("channel", signal.channel());
    fields.put("eventTimeMillis", signal.eventTimeMillis());
    fields.put("value", signal.value());
    fields.put("backlog", signal.backlog());
    return fields;
  }
}
