package io.foreshock.backtest.history.topic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.BacktestException;
import io.foreshock.backtest.data.InputReport;
import io.foreshock.backtest.data.KnownFailures;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.Progress;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.codec.TelemetryCodec;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.MaintenanceEvent;
import io.foreshock.model.Measurement;
import io.foreshock.model.RawRecord;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.runtime.kafka.RawRecordDeserializer;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A topic of telemetry as a recording: raw records go through as they are; clean ones, which are in
 * order already, are numbered anew, so that nothing waits for what was lost then.
 */
public final class TopicRecording implements Recording {
  private final String topic;
  private final TopicStart start;
  private final ConsumerFactory consumers;
  private final KnownFailures known;
  private final ChannelRegistry channels;
  private final Progress progress;
  private final boolean raw;
  private final String tenant;
  private Truth truth;
  private InputReport input;

  /** Makes consumers of committed records that commit nothing themselves. */
  @FunctionalInterface
  public interface ConsumerFactory {
    Consumer<byte[], byte[]> create();
  }

  /**
   * @param topic named {@code <tenant>.telemetry} or {@code <tenant>.telemetry.raw}
   * @param known failures from elsewhere; what became of their rows stands in {@link #input}
   * @throws BacktestException when the topic is named otherwise
   */
  public TopicRecording(
      String topic,
      TopicStart start,
      ConsumerFactory consumers,
      KnownFailures known,
      ChannelRegistry channels,
      Progress progress) {
    if (!TenantTopic.RAW.matches(topic) && !TenantTopic.TELEMETRY.matches(topic)) {
      throw BacktestException.wrongInput(
          "--from-topic takes <tenant>.telemetry or <tenant>.telemetry.raw, but is \""
              + topic
              + "\".");
    }
    this.topic = topic;
    this.start = start;
    this.consumers = consumers;
    this.known = known;
    this.channels = channels;
    this.progress = progress;
    this.raw = TenantTopic.RAW.matches(topic);
    this.tenant = (raw ? TenantTopic.RAW : TenantTopic.TELEMETRY).tenantOf(topic);
  }

  @Override
  public List<String> describe() {
    return List.of(
        "topic "
            + topic
            + (start.since() != null
                ? " since " + start.since()
                : start.offset() >= 0 ? " from offset " + start.offset() : ""));
  }

  @Override
  public String referenceSet() {
    return "";
  }

  @Override
  public ChannelRegistry channels() {
    return channels;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    Reading reading = new Reading(target);
    try (Consumer<byte[], byte[]> consumer = consumers.create()) {
      new TopicMerge(consumer, topic).read(start, progress, reading::take);
    }
    AssetHours hours = reading.hours == null ? new AssetHours(0) : reading.hours;
    truth =
        new Truth(
            known.failures(),
            reading.maintenance,
            List.of(),
            Observation.ofTelemetry(hours, known.failures()));
    input = withFailures(reading.report(), known);
    return reading.written;
  }

  @Override
  public Truth truth() {
    if (truth == null) {
      throw new IllegalStateException("The truth is known when the topic has been read.");
    }
    return truth;
  }

  @Override
  public Optional<InputReport> input() {
    return Optional.ofNullable(input);
  }

  /** The report of the topic, and below it that of the files with the failures. */
  static InputReport withFailures(InputReport ofTopic, KnownFailures known) {
    if (known.input().isEmpty()) {
      return ofTopic;
    }
    InputReport ofFailures = known.input().get();
    List<String> lines = new ArrayList<>(ofTopic.lines());
    lines.add("Files with failures:");
    ofFailures.lines().forEach(line -> lines.add("  " + line));
    ObjectNode json = ofTopic.json().deepCopy();
    json.set("failures", ofFailures.json());
    return new InputReport(lines, json);
  }

  /** One time through the topic. */
  private final class Reading {
    private final RecordFile.Target target;
    private final Map<String, Long> sequences = new HashMap<>();
    private final List<ComponentEvent> maintenance = new ArrayList<>();
    private final List<String> examples = new ArrayList<>();
    private AssetHours hours;
    private long newest = Long.MIN_VALUE;
    private long written;
    private long unreadable;
    private long readings;

    Reading(RecordFile.Target target) {
      this.target = target;
    }

    void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
      if (record.headers().lastHeader(RawRecordDeserializer.TICK_HEADER) != null) {
        return;
      }
      // A partition may be a little behind another; the job's clock does not go back either.
      newest = Math.max(newest, record.timestamp());
      byte[] value = record.value() == null ? new byte[0] : record.value();
      TelemetryBatch batch = null;
      try {
        batch =
            raw
                ? TelemetryCodec.toBatch(TelemetryCodec.parse(value), tenant, newest, false)
                : TelemetryCodec.parseClean(value, tenant);
        note(batch);
      } catch (IOException | RuntimeException e) {
        unreadable(record, e);
      }
      if (raw) {
        byte[] key = record.key() == null ? new byte[0] : record.key();
        write(record.partition(), record.offset(), key, value);
      } else if (batch != null) {
        byte[] key = batch.asset().assetId().getBytes(StandardCharsets.UTF_8);
        write(record.partition(), record.offset(), key, TelemetryCodec.encode(renumber(batch)));
      }
    }

    private void write(int partition, long offset, byte[] key, byte[] value) throws IOException {
      target.write(
          new RawRecord(tenant, TenantTopic.RAW.of(tenant), partition, offset, newest, key, value));
      written++;
    }

    private void unreadable(ConsumerRecord<byte[], byte[]> record, Exception e) {
      unreadable++;
      if (examples.size() < 3) {
        examples.add(
            "    %s, partition %d, offset %d: %s"
                .formatted(topic, record.partition(), record.offset(), e.getMessage()));
      }
    }

    private void note(TelemetryBatch batch) {
      String asset = batch.asset().assetId();
      for (Measurement reading : batch.measurements()) {
        if (hours == null) {
          hours = new AssetHours(reading.eventTimeMillis());
        }
        hours.add(asset, reading.eventTimeMillis());
      }
      readings += batch.measurements().size();
      for (MaintenanceEvent work : batch.maintenanceEvents()) {
        maintenance.add(new ComponentEvent(asset, work.component(), work.eventTimeMillis()));
      }
    }

    private TelemetryBatch renumber(TelemetryBatch batch) {
      return new TelemetryBatch(
          batch.asset(),
          batch.asset().assetId(),
          "recording",
          sequences.merge(batch.asset().assetId(), 1L, Long::sum) - 1,
          "",
          newest,
          batch.backlog(),
          batch.measurements(),
          batch.faultCodes(),
          batch.maintenanceEvents(),
          batch.operatingStateChanges(),
          batch.positions());
    }

    private InputReport report() {
      List<String> lines = new ArrayList<>();
      lines.add(
          String.format(
              Locale.ROOT,
              "%,d messages with %,d readings; %s",
              written,
              readings,
              unreadable == 0
                  ? "nothing bad"
                  : String.format(Locale.ROOT, "%,d cannot be read:", unreadable)));
      lines.addAll(examples);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("messages", written).put("readings", readings).put("bad", unreadable);
      return new InputReport(lines, json);
    }
  }
}
