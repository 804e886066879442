package io.foreshock.cli.records;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.Detection;
import io.foreshock.precursors.PrecursorsConfig;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.runtime.JobEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;

/** The job's own pipeline on a file of records instead of a topic, inside this process. */
public final class RecordedPipeline {
  private static final Comparator<Detection> BY_TIME =
      Comparator.comparingLong(Detection::eventTimeMillis)
          .thenComparing(d -> d.asset().assetId())
          .thenComparing(Detection::pattern)
          .thenComparing(Detection::id);

  private RecordedPipeline() {}

  /**
   * What came out.
   *
   * @param detections by time
   * @param refused what the job could not use and why, in words; the first of many
   */
  public record Outcome(List<Detection> detections, List<String> refused) {}

  /**
   * Runs the pipeline to the end of the file.
   *
   * @param parallelism of every operator but the source; the result does not depend on it
   */
  public static Outcome run(Path records, PrecursorsConfig config, int parallelism) {
    Configuration settings = new Configuration();
    // A recording that fails once fails again.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    JobEnvironment.demand(environment);
    PrecursorsPipeline.Streams streams =
        PrecursorsPipeline.define(RecordedTopic.read(records, environment), config);
    streams
        .deadLetters()
        .map(letter -> letter.reason() + " " + letter.deviceId() + ": " + letter.detail())
        .uid("describe-dead-letters")
        .returns(Types.STRING)
        .union(
            streams
                .late()
                .map(batch -> "LATE " + batch.deviceId() + ": message " + batch.sequence())
                .uid("describe-late")
                .returns(Types.STRING))
        .map(new RememberRefused())
        .uid(RememberRefused.NAME)
        .returns(Types.STRING)
        .sinkTo(new DiscardingSink<>())
        .uid("drop-refused");
    List<Detection> detections = new ArrayList<>();
    try (CloseableIterator<Detection> results = streams.detections().collectAsync()) {
      JobClient job = environment.executeAsync("backtest");
      results.forEachRemaining(detections::add);
      JobExecutionResult result = job.getJobExecutionResult().get();
      detections.sort(BY_TIME);
      List<String> refused = result.getAccumulatorResult(RememberRefused.NAME);
      return new Outcome(detections, refused == null ? List.of() : refused);
    } catch (Exception e) {
      throw CliFailure.failed("The job failed: " + rootCause(e), e);
    }
  }

  /** Keeps the first of what was refused, to be shown at the end. */
  private static final class RememberRefused extends RichMapFunction<String, String> {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "remember-refused";
    private static final int MOST = 20;

    private transient ListAccumulator<String> refused;

    @Override
    public void open(OpenContext context) {
      refused = new ListAccumulator<>();
      getRuntimeContext().addAccumulator(NAME, refused);
    }

    @Override
    public String map(String text) {
      if (refused.getLocalValue().size() < MOST) {
        refused.add(text);
      }
      return text;
    }
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
