package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
import io.foreshock.cli.kafka.KafkaConnection;
import io.foreshock.cli.kafka.WholeTopic;
import io.foreshock.codec.DetectionCodec;
import io.foreshock.model.Alert;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Detection;
import io.foreshock.model.Signal;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foreshock alerts show}. */
@Command(
    name = "show",
    description = {
      "Prints one alert: how it stands, what happened, what was seen, and the channels around it.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ShowAlert implements Callable<Integer>, Foreshock.Verbose {
  private static final int PLOT_ROWS = 4;
  private static final int PLOT_COLUMNS = 64;
  private static final Duration LEAST_MARGIN = Duration.ofMinutes(10);

  /** Where readings are read from. */
  enum Readings {
    CLEAN,
    RAW,
    NONE
  }

  @Mixin private TenantAlerts alerts;

  @Parameters(
      paramLabel = "ALERT",
      description = "Id as list prints it, or an asset that has one open alert.")
  private String name;

  @Option(
      names = "--around",
      paramLabel = "TIME",
      converter = Span.class,
      description =
          "How much is drawn before and after what was seen: 30m, 6h. Default: a quarter of its length, at least 10m.")
  private Duration around;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Draw these channels. Default: those of the evidence.")
  private List<String> channels = List.of();

  @Option(
      names = "--readings",
      description =
          "Draw from <tenant>.telemetry (clean), <tenant>.telemetry.raw (raw), or nothing (none). Default: clean where it"
              + " has any, else raw.")
  private Readings readings;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the alert here.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private final ChannelRegistry registry =
      new ChannelRegistry(ChannelCatalogue.load().channels().values());

  @Override
  public boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    alerts.read();
    Alert alert = alerts.find(name);
    PrintWriter out = spec.commandLine().getOut();
    AlertText.facts(alert).forEach(out::println);
    out.println("\nhistory:");
    AlertText.history(alert).forEach(out::println);
    out.flush();
    ObjectNode document = AlertJson.of(alert);
    Detection detection = detection(alert);
    if (detection == null) {
      out.println("\nThe detection that it rests on is no longer on " + detections() + ".");
    } else {
      out.println("\nevidence:");
      AlertText.evidence(detection, registry).forEach(out::println);
      addTo(document, detection);
      plot(alert, detection, out);
    }
    out.flush();
    if (json != null) {
      JsonFile.write(json, document);
    }
    return 0;
  }

  private String detections() {
    return TenantTopic.DETECTIONS.of(alerts.tenant());
  }

  /** Null when it is no longer there, or the alert rests on none. */
  private Detection detection(Alert alert) {
    if (alert.evidence() == null) {
      return null;
    }
    alerts.require(detections());
    byte[] key = alert.asset().assetId().getBytes(StandardCharsets.UTF_8);
    Detection[] found = new Detection[1];
    WholeTopic.read(
        alerts.kafka(),
        List.of(detections()),
        record -> {
          if (record.value() != null && Arrays.equals(record.key(), key)) {
            try {
              Detection detection = DetectionCodec.decode(record.value());
              if (detection.id().equals(alert.evidence().detectionId())) {
                found[0] = detection;
              }
            } catch (InvalidProtocolBufferException notOne) {
              // Of a later version; the one that is looked for may still come.
            }
          }
          return found[0] == null;
        });
    return found[0];
  }

  private void plot(Alert alert, Detection detection, PrintWriter out) {
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
    String topic = topic();
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
        new ChannelHistory(alerts.kafka(), topic, alert.asset().assetId(), from, to);
    history.read(
        spec.commandLine().getErr(),
        (channel, millis, value) -> {
          BraillePlot plot = plots.get(channel);
          if (plot != null) {
            plot.add(millis, value);
          }
        });
    out.printf(
        "%nchannels from %s to %s, by %s:%n", AlertText.time(from), AlertText.time(to), topic);
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
  private String topic() {
    String clean = TenantTopic.TELEMETRY.of(alerts.tenant());
    String raw = TenantTopic.RAW.of(alerts.tenant());
    if (readings == Readings.NONE) {
      return null;
    }
    if (readings != null) {
      String wanted = readings == Readings.CLEAN ? clean : raw;
      alerts.require(wanted);
      return wanted;
    }
    Set<String> existing =
        alerts.kafka().ask(admin -> KafkaConnection.answer(admin.listTopics().names()));
    if (existing.contains(clean) && hasRecords(clean)) {
      return clean;
    }
    return existing.contains(raw) ? raw : null;
  }

  private boolean hasRecords(String topic) {
    try (var consumer = WholeTopic.consumer(alerts.kafka())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(i -> new org.apache.kafka.common.TopicPartition(i.topic(), i.partition()))
              .toList();
      var ends = consumer.endOffsets(partitions);
      return consumer.beginningOffsets(partitions).entrySet().stream()
          .anyMatch(begin -> ends.get(begin.getKey()) > begin.getValue());
    } catch (org.apache.kafka.common.KafkaException e) {
      throw alerts.kafka().failure(e);
    }
  }

  private static void addTo(ObjectNode document, Detection detection) {
    ObjectNode evidence = document.putObject("evidence");
    evidence
        .put("detection", detection.id())
        .put("pattern", detection.pattern())
        .put("patternVersion", detection.patternVersion());
    ArrayNode stages = evidence.putArray("stages");
    for (Detection.StageEvidence stage : detection.evidence()) {
      ArrayNode signals = stages.addObject().put("stage", stage.stage()).putArray("signals");
      for (Signal signal : stage.signals()) {
        ObjectNode one =
            signals
                .addObject()
                .put("kind", signal.kind().name())
                .put("name", signal.name())
                .put("channel", signal.channel())
                .put("at", java.time.Instant.ofEpochMilli(signal.eventTimeMillis()).toString());
        put(one, "value", signal.value());
        put(one, "limit", signal.limit());
        put(one, "score", signal.score());
      }
    }
  }

  private static void put(ObjectNode json, String name, double value) {
    if (!Double.isNaN(value)) {
      json.put(name, value);
    }
  }
}
