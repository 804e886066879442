package io.foreshock.sessions;

import io.foreshock.codec.avro.AvroValueEncoder;
import io.foreshock.codec.avro.SingleObjectEncoder;
import io.foreshock.runtime.JobEnvironment;
import io.foreshock.runtime.JobLauncher;
import io.foreshock.runtime.config.Settings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs {@link SessionsPipeline} between Kafka topics. */
public final class SessionsJob {
  /** Name of the job; part of transactional ids. */
  public static final String NAME = "sessions";

  private SessionsJob() {}

  public static void main(String[] args) throws Exception {
    JobLauncher.run(NAME, SessionsOptions.ALL, args, SessionsJob::build);
  }

  static void build(StreamExecutionEnvironment environment, Settings settings) {
    JobEnvironment.preferThroughput(environment);
    SessionsConfig config = SessionsConfig.from(settings);
    SessionsOutput output = SessionsOutput.from(settings);
    AvroValueEncoder encoder = output.prepare(environment.getConfiguration(), System.err::println);
    connect(environment, config, output, encoder);
  }

  /** Adds the job to a graph; asks nobody. */
  static void connect(StreamExecutionEnvironment environment, Settings settings) {
    connect(
        environment,
        SessionsConfig.from(settings),
        SessionsOutput.from(settings),
        new SingleObjectEncoder());
  }

  private static void connect(
      StreamExecutionEnvironment environment,
      SessionsConfig config,
      SessionsOutput output,
      AvroValueEncoder encoder) {
    output.write(output.define(environment, config), encoder);
  }
}
