package io.foreshock.backtest.score;

import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RecordedPipeline;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.run.RunSettings;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs over one file of records with other patterns, and the readings in it.
 *
 * @param records file that {@link RecordFile} wrote; the key of a record is the asset's id
 * @param messages records in it
 * @param config how the pipeline behaves; its patterns are replaced
 * @param parallelism of the pipeline
 * @param progress hears how far a run is
 */
public record RecordedRuns(
    Path records, long messages, PrecursorsConfig config, int parallelism, Progress progress)
    implements Observed.Run {

  /** What a run brought, as an answer needs it. */
  public static Observed observed(RunOutcome outcome) {
    return new Observed(
        outcome.detections().list(), outcome.nearMisses(), Optional.of(outcome.cost()));
  }

  @Override
  public Observed of(List<PatternDefinition> patterns, Set<String> assets) throws IOException {
    PrecursorsConfig others =
        new PrecursorsConfig(
            config.decode(),
            config.order(),
            config.assetForgetAfter(),
            config.engine(),
            config.channels(),
            YamlPatternSet.of(patterns));
    if (assets.isEmpty()) {
      return run(records, messages, others);
    }
    Path some = Files.createTempFile(records.toAbsolutePath().getParent(), "records-", "");
    try {
      return run(some, RecordFile.write(some, target -> copy(assets, target)), others);
    } finally {
      Files.deleteIfExists(some);
    }
  }

  private Observed run(Path file, long count, PrecursorsConfig others) {
    return observed(
        RecordedPipeline.run(
            file,
            others,
            new RunSettings(parallelism, new RunWishes(false, true), progress, count)));
  }

  private long copy(Set<String> assets, RecordFile.Target target) throws IOException {
    long[] copied = new long[1];
    RecordFile.read(
        records,
        record -> {
          if (assets.contains(asset(record))) {
            target.write(record);
            copied[0]++;
          }
        });
    return copied[0];
  }

  /** The readings of the file; what cannot be decoded is left out, as the pipeline does. */
  public Readings readings() {
    return reader ->
        RecordFile.read(
            records,
            record -> {
              Optional<TelemetryBatch> decoded = decode(record);
              if (decoded.isEmpty()) {
                return;
              }
              TelemetryBatch batch = decoded.get();
              for (Measurement reading : batch.measurements()) {
                reader.read(
                    batch.asset().assetId(),
                    reading.channel(),
                    reading.eventTimeMillis(),
                    reading.value());
              }
            });
  }

  private static Optional<TelemetryBatch> decode(RawRecord record) {
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

  private static String asset(RawRecord record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }
}
