package io.foreshock.backtest.page;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a file of records has to be asked before its readings are taken.
 *
 * @param kinds class of each machine, by its id; empty when it has none
 * @param channels channels of all machines together
 * @param readings readings of all channels together
 */
record RecordCensus(Map<String, String> kinds, int channels, long readings) {

  /** Goes through the file once. */
  static RecordCensus of(Path records) throws IOException {
    Map<String, String> kinds = new HashMap<>();
    Map<String, Set<String>> channels = new HashMap<>();
    long[] readings = new long[1];
    RecordFile.read(
        records,
        record ->
            batch(record)
                .ifPresent(
                    batch -> {
                      String machine = batch.asset().assetId();
                      kinds.putIfAbsent(machine, batch.asset().assetClass());
                      Set<String> known = channels.computeIfAbsent(machine, m -> new HashSet<>());
                      for (Measurement reading : batch.measurements()) {
                        known.add(reading.channel());
                      }
                      readings[0] += batch.measurements().size();
                    }));
    int all = channels.values().stream().mapToInt(Set::size).sum();
    return new RecordCensus(kinds, all, readings[0]);
  }

  /** What cannot be decoded is left out, as the pipeline does. */
  static Optional<TelemetryBatch> batch(RawRecord record) {
    try {
      return Optional.of(
          TelemetryCodec.toBatch(
              TelemetryCodec.parse(record.value()),
              record.tenant(),
              record.appendTimeMillis(),
              false));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
