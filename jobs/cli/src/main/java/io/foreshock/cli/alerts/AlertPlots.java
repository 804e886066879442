package io.foreshock.cli.alerts;

import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.model.Alert;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Draws the channels around what an alert rests on. */
final class AlertPlots {
  private static final int PLOT_ROWS = 4;
  private static final int PLOT_COLUMNS = 64;
  private static final Duration LEAST_MARGIN = Duration.ofMinutes(10);

  /** Where readings are read from. */
  enum Readings {
    CLEAN,
    RAW,
    NONE
  }

  private final TenantAlerts alerts;
  private final ChannelRegistry registry;
  private final Readings readings;
  private final List<String> channels;
  private final Duration around;
  private final PrintWriter progress;

  /**
   * @param readings null: clean ones where there are any
   * @param channels empty: those of the evidence
   * @param around how much is drawn before and after; null: a quarter of what was seen
   */
  AlertPlots(
      TenantAlerts alerts,
      ChannelRegistry registry,
      Readings readings,
      List<String> channels,
      Duration around,
      PrintWriter progress) {
    this.alerts = alerts;
    this.registry = registry;
    this.readings = readings;
    this.channels = channels;
    this.around = around;
    this.progress = progress;
  }

  void print(Alert alert, Detection detection, PrintWriter out) {
    Map<String, BraillePlot> plots = new LinkedHashMap<>();
    long first = detection.eventTimeMillis();
    long last = Math.max(detection.eventTimeMillis(), alert.lastSeenMillis());
    Set<String> wanted = new LinkedHashSet<>(channels);
    for (Detection.StageEvidence stage : detection.evidence()) {
      for (Signal signal : stage.signals()) {
        first = Math.min(first, signal.eventTimeMillis());
        if (channels.isEmpty() && !signal.channel().isEmpty()) {
          wanted.add(signal.channel());
        }
      }
    }
    TenantTopic topic = topic();
    if (wanted.isEmpty() || topic == null) {
      return;
    }
    long margin =
        around == null ? Math.max(LEAST_MARGIN.toMillis(), (last - first) / 4) : around.toMillis();
    long from = first - margin;
    long to = last + margin;
    wanted.forEach(
        channel -> plots.put(channel, new BraillePlot(PLOT_COLUMNS, PLOT_ROWS, from, to)));
    ChannelHistory history =
        new ChannelHistory(
            alerts.kafka(), topic, alerts.tenant(), alert.asset().assetId(), from, to);
    history.read(
        progress,
        (channel, millis, value) -> {
          BraillePlot plot = plots.get(channel);
          if (plot != null) {
            plot.add(millis, value);
          }
        });
    out.printf(
        "%nchannels from %s to %s, by %s:%n",
        AlertText.time(from), AlertText.time(to), topic.of(alerts.tenant()));
    plots.forEach((channel, plot) -> draw(channel, plot, detection.eventTimeMillis(), out));
    if (history.isCut()) {
      out.println(
          "There are more readings than could be read in a minute. Use --around, or --readings.");
    }
  }

  private void draw(String channel, BraillePlot plot, long seenMillis, PrintWriter out) {
    var known = registry.find(channel);
    out.println(
        "  " + channel + (known == null || known.unit().isEmpty() ? "" : ", " + known.unit()));
    if (plot.isEmpty()) {
      out.println("    no readings");
      return;
    }
    List<String> lines = plot.lines();
    lines.forEach(line -> out.println("  " + line));
    int edge = lines.get(0).indexOf('│') + 1;
    out.println("  " + " ".repeat(edge + plot.columnOf(seenMillis)) + "↑ seen");
  }

  /** Null when nothing is to be drawn. */
  private TenantTopic topic() {
    if (readings == Readings.NONE) {
      return null;
    }
    if (readings != null) {
      TenantTopic wanted = readings == Readings.CLEAN ? TenantTopic.TELEMETRY : TenantTopic.RAW;
      alerts.require(wanted.of(alerts.tenant()));
      return wanted;
    }
    Set<String> existing =
        alerts.kafka().ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    String clean = TenantTopic.TELEMETRY.of(alerts.tenant());
    if (existing.contains(clean) && hasRecords(clean)) {
      return TenantTopic.TELEMETRY;
    }
    return existing.contains(TenantTopic.RAW.of(alerts.tenant())) ? TenantTopic.RAW : null;
  }

  private boolean hasRecords(String topic) {
    try (var consumer = WholeTopic.consumer(alerts.kafka())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(i -> new TopicPartition(i.topic(), i.partition()))
              .toList();
      var ends = consumer.endOffsets(partitions);
      return consumer.beginningOffsets(partitions).entrySet().stream()
          .anyMatch(begin -> ends.get(begin.getKey()) > begin.getValue());
    } catch (KafkaException e) {
      throw alerts.kafka().failure(e);
    }
  }
}
