package io.foreshock.backtest.data.cmapss;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.RunToFailure;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.data.cmapss.CmapssData.Engine;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.ComponentEvent;
import io.foreshock.backtest.score.Observation;
import io.foreshock.operators.detect.DetectorSpec;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.SymptomDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** All engines of FD001, each a device that reports once a cycle. */
final class CmapssRecording implements Recording {
  private static final String TENANT = "cmapss";
  private static final String ASSET_CLASS = "turbofan";
  private static final String COMPONENT = "high-pressure-compressor";

  /** An alarm on an engine with more cycles to go is on a healthy one. */
  private static final int HEALTHY_CYCLES = 130;

  private final Path folder;
  private final CmapssData data;

  CmapssRecording(Path folder, CmapssData data) {
    this.folder = folder;
    this.data = data;
  }

  @Override
  public List<String> describe() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: %d engines that failed (training), %d that were cut short (test)",
            folder,
            data.failed().size(),
            data.cut().size()),
        "A cycle is a flight; here each takes an hour. Leads are in cycles.");
  }

  @Override
  public String referenceSet() {
    return PatternCatalogue.CMAPSS;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    Messages messages = new Messages(TENANT, ASSET_CLASS, target);
    List<Engine> engines = all();
    int longest = engines.stream().mapToInt(engine -> engine.flights().size()).max().orElse(0);
    for (int cycle = 0; cycle < longest; cycle++) {
      for (Engine engine : engines) {
        if (cycle < engine.flights().size()) {
          messages.send(engine.id(), Engine.millis(cycle), engine.readings(cycle));
        }
      }
    }
    return messages.written();
  }

  @Override
  public Truth truth() {
    AssetHours hours = new AssetHours(Engine.millis(0));
    for (Engine engine : all()) {
      hours.addAll(engine.id(), Engine.millis(0), Engine.millis(engine.flights().size() - 1));
    }
    List<ComponentEvent> failures = new ArrayList<>();
    for (Engine engine : data.failed()) {
      failures.add(
          new ComponentEvent(engine.id(), COMPONENT, engine.endMillis() + CmapssData.CYCLE_MILLIS));
    }
    failures.sort(null);
    return new Truth(failures, List.of(), List.of(), Observation.ofTelemetry(hours, failures));
  }

  private List<Engine> all() {
    List<Engine> all = new ArrayList<>(data.failed());
    all.addAll(data.cut());
    return all;
  }

  @Override
  public Optional<Figures> figures(RunOutcome outcome) {
    Map<String, Long> first = new HashMap<>();
    List<ComponentEvent> alarms = new ArrayList<>();
    outcome
        .detections()
        .forEach(
            detection -> {
              first.putIfAbsent(detection.asset().assetId(), detection.eventTimeMillis());
              alarms.add(
                  new ComponentEvent(
                      detection.asset().assetId(),
                      detection.component(),
                      detection.eventTimeMillis()));
            });
    RunToFailure failed = warned(data.failed(), first, alarms);
    RunToFailure cut = warned(data.cut(), first, alarms);
    RemainingLifeErrors errors = RemainingLifeErrors.of(data.cut(), degradation());
    ObjectNode json = new ObjectMapper().createObjectNode();
    failed.putTo(json);
    ObjectNode test = json.putObject("test");
    cut.putTo(test);
    OptionalInt notWarned =
        data.cut().stream()
            .filter(engine -> !first.containsKey(engine.id()))
            .mapToInt(Engine::after)
            .min();
    notWarned.ifPresent(cycles -> test.put("leastCyclesLeftNotWarned", cycles));
    errors.putTo(json.putObject("remainingLife"));
    String table =
        String.format(
            Locale.ROOT,
            "  training engines %s; %d alarms more than %d cycles before the end%n"
                + "  test engines     %s (to the failure after the recording); %d alarms more than %d%n"
                + "                   those not warned had %s cycles to go or more%n%s",
            failed.line(),
            failed.healthyAlarms(),
            HEALTHY_CYCLES,
            cut.line(),
            cut.healthyAlarms(),
            HEALTHY_CYCLES,
            notWarned.isPresent() ? notWarned.getAsInt() : "no",
            errors.table());
    return Optional.of(new Figures(json, table));
  }

  private static RunToFailure warned(
      List<Engine> engines, Map<String, Long> first, List<ComponentEvent> alarms) {
    List<Double> leads = new ArrayList<>();
    Map<String, Engine> byId = new HashMap<>();
    for (Engine engine : engines) {
      byId.put(engine.id(), engine);
      Long alarm = first.get(engine.id());
      if (alarm != null) {
        leads.add(cycles(engine, alarm));
      }
    }
    long healthy =
        alarms.stream()
            .filter(alarm -> byId.containsKey(alarm.asset()))
            .filter(alarm -> cycles(byId.get(alarm.asset()), alarm.millis()) > HEALTHY_CYCLES)
            .count();
    return new RunToFailure(engines.size(), leads, healthy, "cycles");
  }

  private static double cycles(Engine engine, long millis) {
    return (engine.endMillis() - millis) / (double) CmapssData.CYCLE_MILLIS;
  }

  /** The detector of the reference pattern, whatever patterns the pipeline ran. */
  private static DetectorSpec.Degradation degradation() {
    for (SymptomDefinition symptom :
        PatternCatalogue.reference(PatternCatalogue.CMAPSS).get(0).symptoms()) {
      if (symptom.detector() instanceof DetectorSpec.Degradation degradation) {
        return degradation;
      }
    }
    throw new IllegalStateException("The reference pattern for cmapss forecasts no remaining life");
  }
}
