package io.foreshock.patterns.live;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.codec.PatternCodec;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternStatus.State;
import io.foreshock.model.PatternTrace;
import java.util.ArrayList;
import java.util.List;

/** Lets through the requests for near misses that can be fulfilled. */
final class TraceChecks {
  private final LiveRules rules;
  private final PatternRegistry registry;
  private final TraceRegistry traces;

  TraceChecks(LiveRules rules, PatternRegistry registry, TraceRegistry traces) {
    this.rules = rules;
    this.registry = registry;
    this.traces = traces;
  }

  /** Takes a request, or the end of one, and answers it. */
  PatternStatus take(PatternRecord record) throws Exception {
    String key = record.key();
    if (record.removes()) {
      traces.apply(record);
      return CheckPatternsFunction.status(key, State.REMOVED, 0, 0, List.of());
    }
    PatternTrace trace;
    try {
      trace = PatternCodec.decodeTrace(record.value());
    } catch (InvalidProtocolBufferException e) {
      return CheckPatternsFunction.status(
          key,
          State.REFUSED,
          0,
          0,
          List.of(
              "The record is no PatternTrace ("
                  + e.getMessage()
                  + "). Ask with foreshock patterns trace."));
    }
    List<String> reasons = new ArrayList<>();
    if (!rules.nearMisses().possible()) {
      reasons.add(
          "This job writes no near misses. Create the topics <tenant>.near-misses and start it with near-misses.write=true.");
    }
    if (!key.equals(trace.key())
        || !CheckPatternsFunction.KEY
            .matcher(key.substring(PatternTrace.KEY_PREFIX.length()))
            .matches()) {
      reasons.add(
          "The record's key is \"%s\", but must be %s<tenant>/<name>, or %s%s/<name> for every tenant, and fit what is asked for."
              .formatted(
                  key,
                  PatternTrace.KEY_PREFIX,
                  PatternTrace.KEY_PREFIX,
                  PatternDocument.EVERY_TENANT));
    }
    State state = State.REFUSED;
    if (reasons.isEmpty()) {
      traces.apply(record);
      state = State.ACCEPTED;
      if (registry.running().stream().noneMatch(p -> p.document().name().equals(trace.name()))) {
        reasons.add("No pattern of this name runs yet.");
      }
    }
    return CheckPatternsFunction.status(key, state, 0, trace.publishedAtMillis(), reasons);
  }
}
