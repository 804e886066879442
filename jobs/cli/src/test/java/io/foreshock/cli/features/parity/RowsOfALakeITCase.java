package io.foreshock.cli.features.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.cli.TestConsole;
import io.foreshock.cli.features.history.Arrival;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.lake.LakeConfig;
import io.foreshock.lake.LakeFiles;
import io.foreshock.lake.LakeSinks;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.features.definition.FeatureCatalogue;
import io.foreshock.operators.features.definition.FeatureSet;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.JobEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of what ingest wrote to a lake against rows of the messages themselves. */
class RowsOfALakeITCase {
  private static final long SEED = 17;

  @TempDir Path folder;

  @Test
  void rowsOfALakeAreThoseOfTheMessagesBitForBit() throws Exception {
    Arrival arrival = Arrival.ofFleet(SEED, 18, Duration.ofHours(5));
    ChannelRegistry channels = ChannelCatalogue.load();
    List<FeatureSet> sets = FeatureCatalogue.load(channels).orThrow();
    Map<String, String> models = arrival.history().models();
    FeatureRuns runs = new FeatureRuns(sets, channels, models, folder.resolve("checkpoints"));
    Path lake = folder.resolve("lake");
    writeLake(lake, runs.ingested(arrival.records(), 2));

    String tenant = arrival.history().messages().get(0).asset().tenant();
    List<RawRecord> mine = new ArrayList<>(arrival.history().inOrder());
    mine.removeIf(Predicate.not(record -> record.tenant().equals(tenant)));
    RowTable expected = runs.batch(mine, 2);
    RowTable found = runs.lake(LakeFiles.of(lake.toUri(), tenant, null, null), 2);
    RowTable.Comparison compared = found.compare(expected);
    assertThat(compared.first()).as("seed %d", SEED).isEmpty();
    assertThat(compared.equal()).isEqualTo(compared.rows()).isGreaterThan(150);

    Path out = folder.resolve("out");
    TestConsole console = new TestConsole();
    assertThat(
            console.execute(
                List.of(
                    "features",
                    "backfill",
                    "--lake",
                    lake.toString(),
                    "--tenant",
                    tenant,
                    "--out",
                    out.toString())))
        .as(console.errors())
        .isZero();
    assertThat(out.resolve("pump-condition/rows.parquet")).isNotEmptyFile();
    assertThat(
            console.execute(
                List.of(
                    "features",
                    "backfill",
                    "--lake",
                    lake.toString(),
                    "--tenant",
                    "nobody",
                    "--out",
                    out.toString())))
        .isEqualTo(2);
    assertThat(console.errors()).contains("There is no telemetry of tenant \"nobody\" in ");
  }

  @Test
  void daysThatAreNotAskedForAreNotRead() throws Exception {
    assertThat(LakeFiles.of(folder.resolve("none").toUri(), "acme", LocalDate.EPOCH, null))
        .isEmpty();
  }

  private static void writeLake(Path lake, List<RawRecord> clean) throws Exception {
    List<TelemetryBatch> batches = new ArrayList<>();
    for (RawRecord record : clean) {
      batches.add(TelemetryCodec.parseClean(record.value(), record.tenant()));
    }
    batches.removeIf(batch -> batch.oldestEventTimeMillis() == Long.MAX_VALUE);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(2, new Configuration());
    JobEnvironment.demand(environment);
    environment.enableCheckpointing(100);
    LakeSinks.write(
        environment
            .fromData(
                TypeInformation.of(TelemetryBatch.class), batches.toArray(TelemetryBatch[]::new))
            .uid("batches"),
        new LakeConfig(lake.toUri(), Duration.ofMillis(100), 64 << 20, 1 << 20, 256));
    environment.execute("write-lake");
  }
}
