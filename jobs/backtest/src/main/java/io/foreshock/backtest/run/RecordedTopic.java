package io.foreshock.backtest.run;

import io.foreshock.model.RawRecord;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A file of records in place of a topic. */
public final class RecordedTopic {

  private RecordedTopic() {}

  /**
   * The records of a file that {@link RecordFile} wrote, with the ingest clock as timestamps and
   * watermarks.
   */
  public static DataStream<RawRecord> read(Path records, StreamExecutionEnvironment environment) {
    return read(records, "", environment);
  }

  /**
   * @param feed name of the feed that hears of every record; empty for none
   */
  static DataStream<RawRecord> read(
      Path records, String feed, StreamExecutionEnvironment environment) {
    FileSource<RawRecord> source =
        FileSource.forRecordStreamFormat(
                new RecordFile(feed), new org.apache.flink.core.fs.Path(records.toUri()))
            .build();
    return partitioned(
        environment
            .fromSource(source, clock(), "read-records")
            .uid("read-records")
            .setParallelism(1));
  }

  /**
   * As in a topic, all records of a machine take the same way: the order in which they were
   * appended is what the job relies on.
   *
   * @param records from one task
   */
  public static DataStream<RawRecord> partitioned(DataStream<RawRecord> records) {
    return records.partitionCustom(
        (machine, tasks) -> Math.floorMod(machine, tasks), record -> Arrays.hashCode(record.key()));
  }

  /** The broker's clock of a recording: moves on with every record that is later. */
  public static WatermarkStrategy<RawRecord> clock() {
    return WatermarkStrategy.<RawRecord>forGenerator(context -> new RecordByRecord())
        .withTimestampAssigner((record, previous) -> record.appendTimeMillis());
  }

  private static final class RecordByRecord implements WatermarkGenerator<RawRecord> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(RawRecord record, long timestamp, WatermarkOutput output) {
      if (timestamp > newest) {
        newest = timestamp;
        output.emitWatermark(new Watermark(timestamp - 1));
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      // Only records move the clock.
    }
  }
}
