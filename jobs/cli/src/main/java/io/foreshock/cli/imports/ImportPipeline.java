package io.foreshock.cli.imports;

import io.foreshock.backtest.run.RecordedTopic;
import io.foreshock.cli.CliFailure;
import io.foreshock.cli.dlq.LetterJson;
import io.foreshock.cli.records.BatchJson;
import io.foreshock.cli.records.CounterReporter;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.operators.decode.DecodeRules;
import io.foreshock.operators.decode.DecodeTelemetryFunction;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.operators.order.OrderTelemetryFunction;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.JobEnvironment;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** Decode and order, as every job does them, on a file of records inside this process. */
final class ImportPipeline {
  /** What it is, how many readings it holds, and the whole as JSON. */
  private static final TypeInformation<Tuple3<Integer, Integer, String>> LINE =
      Types.TUPLE(Types.INT, Types.INT, Types.STRING);

  private ImportPipeline() {}

  /**
   * Runs to the end of the file.
   *
   * @param out gets what comes out
   * @param parallelism of every operator but the source; the counts do not depend on it
   */
  static PipelineCounts run(Path records, ImportFiles out, int parallelism) {
    Configuration settings = new Configuration();
    // A recording that fails once fails again.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    String run = UUID.randomUUID().toString();
    CounterReporter.configure(settings, run);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    JobEnvironment.demand(environment);
    PipelineCounts counts = new PipelineCounts();
    try (CloseableIterator<Tuple3<Integer, Integer, String>> results =
        define(environment, records).collectAsync()) {
      JobClient job = environment.executeAsync("import");
      while (results.hasNext()) {
        Tuple3<Integer, Integer, String> line = results.next();
        Kind kind = Kind.values()[line.f0];
        counts.add(kind, line.f1);
        out.write(kind, line.f2);
      }
      job.getJobExecutionResult().get();
      counts.duplicates = CounterReporter.sum(run, "order.duplicates");
      counts.lost = CounterReporter.sum(run, "order.lost");
      counts.jumps = CounterReporter.sum(run, "order.jumps");
      counts.reordered = CounterReporter.sum(run, "order.reordered");
      return counts;
    } catch (Exception e) {
      throw e instanceof CliFailure failure
          ? failure
          : CliFailure.failed("The pipeline failed: " + rootCause(e), e);
    } finally {
      CounterReporter.forget(run);
    }
  }

  private static DataStream<Tuple3<Integer, Integer, String>> define(
      StreamExecutionEnvironment environment, Path records) {
    SingleOutputStreamOperator<TelemetryBatch> decoded =
        RecordedTopic.read(records, environment)
            .process(new DecodeTelemetryFunction(DecodeRules.DEFAULT, ChannelCatalogue.load()))
            .uid("decode-telemetry");
    SingleOutputStreamOperator<TelemetryBatch> ordered =
        decoded
            .keyBy(batch -> batch.asset().key(), Types.STRING)
            .process(new OrderTelemetryFunction(OrderRules.DEFAULT))
            .uid("order-telemetry");
    DataStream<Tuple3<Integer, Integer, String>> clean =
        ordered
            .map(batch -> line(readings(batch) == 0 ? Kind.EMPTY : Kind.CLEAN, batch))
            .returns(LINE)
            .uid("describe-clean");
    DataStream<Tuple3<Integer, Integer, String>> late =
        ordered
            .getSideOutput(OrderTelemetryFunction.LATE)
            .map(batch -> line(Kind.LATE, batch))
            .returns(LINE)
            .uid("describe-late");
    DataStream<Tuple3<Integer, Integer, String>> refused =
        decoded
            .getSideOutput(DecodeTelemetryFunction.DEAD_LETTERS)
            .map(letter -> Tuple3.of(Kind.REFUSED.ordinal(), 0, LetterJson.of(letter).toString()))
            .returns(LINE)
            .uid("describe-dead-letters");
    return clean.union(late, refused);
  }

  private static Tuple3<Integer, Integer, String> line(Kind kind, TelemetryBatch batch) {
    return Tuple3.of(kind.ordinal(), readings(batch), BatchJson.of(batch).toString());
  }

  private static int readings(TelemetryBatch batch) {
    return batch.measurements().size() + batch.positions().size();
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** What came out. */
  enum Kind {
    /** In its place. */
    CLEAN,
    /** Without content, or what is left of a late message: only a sign of life. */
    EMPTY,
    /** Behind what had passed. */
    LATE,
    /** A dead letter. */
    REFUSED
  }
}
