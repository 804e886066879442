package io.foreshock.cli.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.foreshock.cli.Foreshock;
import io.foreshock.cli.JsonFile;
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
import java.util.List;
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
  private AlertPlots.Readings readings;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the alert here.")
  private Path json;

  @Option(names = "--verbose", description = "Say where in the program an error came from.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  private final ChannelRegistry registry = ChannelCatalogue.load();

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
      new AlertPlots(alerts, registry, readings, channels, around, spec.commandLine().getErr())
          .print(alert, detection, out);
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
