package io.foreshock.chaos;

import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.chaos.truth.Lines;
import io.foreshock.local.Await;
import io.foreshock.local.LocalClusterException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is written to the outputs from now on: the run that nothing interrupts. */
final class DrillReference implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(180);

  private final Map<String, Output> byTopic = new LinkedHashMap<>();
  private final Map<String, Lines> lines = new LinkedHashMap<>();
  private final TopicReader reader;

  DrillReference(String bootstrapServers, List<Output> outputs, List<String> tenants) {
    for (Output output : outputs) {
      lines.put(output.name(), Lines.unordered());
      tenants.forEach(tenant -> byTopic.put(output.topic(tenant), output));
    }
    reader = new TopicReader(bootstrapServers, byTopic.keySet());
    reader.skipToTheEnd();
  }

  /** Reads until as much has come as is wanted of each output; what is missing then is lost. */
  void readUntil(ToLongFunction<Output> wanted, RunningJobs jobs) {
    try {
      Await.until(
          "the uninterrupted run",
          LIMIT,
          () -> {
            reader.poll(this::take);
            return byTopic.values().stream()
                .allMatch(output -> lines.get(output.name()).size() >= wanted.applyAsLong(output));
          },
          () -> jobs.obituary().orElse(null));
    } catch (LocalClusterException e) {
      // The comparison says what is missing.
      reader.poll(this::take);
    }
  }

  /** Everything that came, by name of the output; for jobs that have stopped. */
  Map<String, Lines> finish() {
    if (!reader.readToTheEnd(LIMIT, this::take)) {
      throw new ChaosException("The outputs of the uninterrupted run cannot be read.", null);
    }
    return lines;
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Output output = byTopic.get(record.topic());
    try {
      Output.Found found = output.reader().read(record);
      if (found != null) {
        lines.get(output.name()).add(Lines.device(found.tenant(), found.device()), found.line());
      }
    } catch (InvalidProtocolBufferException e) {
      throw new ChaosException("Nobody can read a record of the uninterrupted run.", e);
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
