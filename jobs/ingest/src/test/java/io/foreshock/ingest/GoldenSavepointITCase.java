package io.foreshock.ingest;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.runtime.testing.GoldenSavepointCases;
import java.util.List;
import java.util.Map;

/** What any release left in a savepoint goes on in this one; see {@link GoldenSavepointCases}. */
class GoldenSavepointITCase extends GoldenSavepointCases {
  private static final int DEVICES = 8;
  private static final int PARTITIONS = 4;
  private static final int MESSAGES = 60;
  private static final long SECOND = 1_000;

  /**
   * Gaps, repeats, swaps, lost messages and devices that name messages instead of numbering them,
   * all over the savepoint.
   */
  private static final class Ingest implements GoldenJob {
    @Override
    public Map<String, List<List<RawRecord>>> inputs() {
      Fleet fleet = new Fleet(PARTITIONS);
      for (int device = 0; device < DEVICES; device++) {
        for (int number = 0; number < MESSAGES; number++) {
          // Every seventh arrives after the next one, one in 13 is lost, one in 11 comes twice.
          boolean swapped = (number + device) % 7 == 0;
          long measured = Fleet.START + number * 2 * SECOND;
          long appended = measured + device + (swapped ? 3 * SECOND : 0);
          TelemetryBatch message = Fleet.message(device, number, measured, appended);
          if ((number + 2 * device) % 13 != 0) {
            fleet.send(device, message);
          }
          if ((number + 3 * device) % 11 == 0) {
            long again = appended + 40 * SECOND;
            fleet.send(device, Fleet.message(device, number, measured, again));
          }
          if (device % 4 == 1 && number % 3 == 0) {
            fleet.send(device, Fleet.named(device, number, measured, appended));
            if (number % 9 == 0) {
              long again = appended + 40 * SECOND;
              fleet.send(device, Fleet.named(device, number, measured, again));
            }
          }
        }
      }
      return Map.of("raw", fleet.records());
    }

    @Override
    public void define(Inputs inputs, Outputs outputs) {
      IngestPipeline.Streams streams =
          IngestPipeline.define(inputs.read("raw"), IngestConfig.of(ChannelRegistry.EMPTY));
      outputs.collect("telemetry", streams.telemetry(), batch -> "telemetry " + line(batch));
      outputs.collect("backfill", streams.backfill(), batch -> "backfill " + line(batch));
      outputs.collect("dead-letters", streams.deadLetters(), Ingest::line);
    }

    private static String line(TelemetryBatch batch) {
      return batch.asset().key()
          + " appended "
          + batch.appendTimeMillis()
          + (batch.backlog() ? " backlog " : " live ")
          + batch.measurements()
          + batch.faultCodes();
    }

    private static String line(DeadLetter letter) {
      return "dead-letters " + letter.reason() + " " + letter.source().offset();
    }
  }

  @Override
  protected GoldenJob job() {
    return new Ingest();
  }
}
