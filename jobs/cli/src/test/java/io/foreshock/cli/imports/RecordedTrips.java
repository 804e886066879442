package io.foreshock.cli.imports;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.SessionRow;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.sessions.SessionInput;
import io.foreshock.operators.sessions.SessionRules;
import io.foreshock.operators.sessions.SessionRulesReader;
import io.foreshock.operators.sessions.TrackSessionsFunction;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The sessions operator over a recording, in the order in which it arrived. */
final class RecordedTrips {

  private RecordedTrips() {}

  /** What compaction leaves of one kind, by key. */
  static List<SessionRow> of(ImportFormat format, Path folder, String rule, SessionRow.Kind kind)
      throws Exception {
    Map<String, SessionRow> table = new TreeMap<>();
    try (KeyedOneInputStreamOperatorTestHarness<String, SessionInput, SessionRow> harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new TrackSessionsFunction(rules(rule))),
            SessionInput::key,
            Types.STRING)) {
      harness.open();
      for (TelemetryBatch batch : batches(format, folder)) {
        harness.processElement(new SessionInput(false, batch), batch.appendTimeMillis());
      }
      harness.processWatermark(Long.MAX_VALUE);
      for (SessionRow row : harness.extractOutputValues()) {
        if (row.deleted()) {
          table.remove(row.key());
        } else {
          table.put(row.key(), row);
        }
      }
    }
    return table.values().stream().filter(row -> row.kind() == kind).toList();
  }

  private static SessionRules rules(String text) {
    ChannelRegistry channels = ChannelCatalogue.load();
    SessionRulesReader reader = new SessionRulesReader(channels);
    reader.read("test.yaml", text);
    if (!reader.problems().isEmpty()) {
      throw new IllegalStateException(reader.problems().toString());
    }
    return new SessionRules(
        reader.rules(),
        SessionRules.DEFAULT_HORIZON,
        SessionRules.DEFAULT_CORRECTION_DELAY,
        SessionRules.DEFAULT_MAX_REMEMBERED,
        SessionRules.DEFAULT_FORGET_AFTER);
  }

  /** Messages of a recording in the order of their arrival. */
  static List<TelemetryBatch> batches(ImportFormat format, Path folder) throws IOException {
    List<TelemetryBatch> batches = new ArrayList<>();
    format
        .open(folder, "acme")
        .readTo(
            new Recording.Target() {
              @Override
              public void message(TelemetryBatch batch) {
                batches.add(batch);
              }

              @Override
              public void bad(BadCell cell) {
                throw new IllegalStateException(cell.toString());
              }

              @Override
              public void missing() {}

              @Override
              public void restart(String device) {}

              @Override
              public void row() {}
            });
    return batches;
  }
}
