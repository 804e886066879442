package io.foreshock.backtest.run;

import io.foreshock.backtest.BacktestException;
import io.foreshock.model.Detection;
import io.foreshock.model.NearMiss;
import io.foreshock.model.PatternTrace;
import io.foreshock.model.Signal;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.precursors.PrecursorsConfig;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.state.DetectionSerializer;
import io.foreshock.state.NearMissSerializer;
import io.foreshock.state.SignalSerializer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job's own pipeline on a file of records instead of a topic, inside this process. */
public final class RecordedPipeline {
  private static final Comparator<Detection> DETECTIONS =
      Comparator.comparingLong(Detection::eventTimeMillis)
          .thenComparing(d -> d.asset().assetId())
          .thenComparing(Detection::pattern)
          .thenComparing(Detection::id);
  private static final Comparator<Signal> SIGNALS =
      Comparator.comparingLong(Signal::eventTimeMillis).thenComparing(s -> s.asset().assetId());
  private static final Comparator<NearMiss> NEAR_MISSES =
      Comparator.comparingLong(NearMiss::endedAtMillis)
          .thenComparing(n -> n.asset().assetId())
          .thenComparing(NearMiss::pattern)
          .thenComparing(NearMiss::id);

  private RecordedPipeline() {}

  /** Runs the pipeline to the end of the file and keeps its detections. */
  public static RunOutcome run(Path records, PrecursorsConfig config, int parallelism) {
    return run(records, config, new RunSettings(parallelism, RunWishes.NOTHING, Progress.NONE, 0));
  }

  /**
   * Runs the pipeline to the end of the file, and nobody hears how far it is.
   *
   * @param wishes what to keep besides detections
   */
  public static RunOutcome run(
      Path records, PrecursorsConfig config, int parallelism, RunWishes wishes) {
    return run(records, config, new RunSettings(parallelism, wishes, Progress.NONE, 0));
  }

  /** Runs the pipeline to the end of the file. */
  public static RunOutcome run(Path records, PrecursorsConfig config, RunSettings how) {
    RunWishes wishes = how.wishes();
    Configuration settings = new Configuration();
    // A recording that fails once fails again.
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(how.parallelism(), settings);
    JobEnvironment.demand(environment);
    try (RecordFeed feed = new RecordFeed();
        KeptResults<Detection> detections =
            new KeptResults<>(DetectionSerializer.INSTANCE, DETECTIONS);
        KeptResults<Signal> signals = new KeptResults<>(SignalSerializer.INSTANCE, SIGNALS);
        KeptResults<NearMiss> nearMisses =
            new KeptResults<>(NearMissSerializer.INSTANCE, NEAR_MISSES)) {
      PrecursorsPipeline.Streams streams =
          PrecursorsPipeline.define(
              RecordedTopic.read(records, feed.name(), environment),
              wishes.nearMisses() ? told(config) : config);
      keepRefused(streams);
      streams.detections().sinkTo(detections.sink()).uid("keep-detections");
      if (wishes.signals()) {
        streams.signals().sinkTo(signals.sink()).uid("keep-signals");
      }
      if (wishes.nearMisses()) {
        streams.nearMisses().sinkTo(nearMisses.sink()).uid("keep-near-misses");
      }
      FinishedRun run = FinishedRun.execute(environment, feed, how);
      JobExecutionResult result = run.result();
      List<String> refused = result.getAccumulatorResult(RememberRefused.NAME);
      return new RunOutcome(
          detections.results(),
          signals.results(),
          nearMisses.results(),
          refused == null ? List.of() : refused,
          run.cost());
    } catch (Exception e) {
      throw BacktestException.failed("The job failed: " + rootCause(e), e);
    }
  }

  /** Keeps the first of what the job refuses. */
  private static void keepRefused(PrecursorsPipeline.Streams streams) {
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
  }

  /** The same pipeline, telling every near miss of every pattern. */
  private static PrecursorsConfig told(PrecursorsConfig config) {
    List<PatternTrace> all =
        config.patterns().compile().stream()
            .map(pattern -> new PatternTrace("", pattern.name(), List.of(), 0, ""))
            .toList();
    return new PrecursorsConfig(
        config.decode(),
        config.order(),
        config.assetForgetAfter(),
        config.engine(),
        new NearMissRules(true, all, Integer.MAX_VALUE),
        config.channels(),
        config.patterns(),
        config.documents());
  }

  private static String rootCause(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
