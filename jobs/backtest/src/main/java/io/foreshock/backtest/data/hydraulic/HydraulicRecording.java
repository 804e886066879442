package io.foreshock.backtest.data.hydraulic;

import io.foreshock.backtest.data.Figures;
import io.foreshock.backtest.data.Messages;
import io.foreshock.backtest.data.Recording;
import io.foreshock.backtest.data.SymptomTimes;
import io.foreshock.backtest.data.Truth;
import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.backtest.run.RunWishes;
import io.foreshock.backtest.score.AssetHours;
import io.foreshock.backtest.score.Observation;
import io.foreshock.model.Measurement;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rig as one asset that sends a message after each cycle: the cooling efficiency each second,
 * and the flow behind the valve at two moments of its switching, as a controller would that knows
 * when it switched.
 *
 * <p>The set states no times: the first cycle begins at {@value #START_MILLIS} ms, one follows the
 * other.
 */
final class HydraulicRecording implements Recording {
  static final String ASSET = "rig";
  static final String COOLING = "hydraulic_cooling_efficiency_percent";
  static final String EARLY_FLOW = "hydraulic_flow_at_9700_ms_l_min";
  static final String LATE_FLOW = "hydraulic_flow_at_9800_ms_l_min";

  private static final String TENANT = "hydraulic";
  private static final String ASSET_CLASS = "hydraulic-rig";
  private static final long START_MILLIS = 1_577_836_800_000L;
  private static final long CYCLE_MILLIS = 60_000;
  private static final int COOLING_SAMPLES = 60;
  private static final int FLOW_SAMPLES = 600;
  private static final int EARLY = 97;
  private static final int LATE = 98;
  private static final long FLOW_STEP_MILLIS = 100;

  private final Path folder;
  private final Path cooling;
  private final Path flow;
  private final List<Condition> conditions;

  HydraulicRecording(Path folder, Path cooling, Path flow, List<Condition> conditions) {
    this.folder = folder;
    this.cooling = cooling;
    this.flow = flow;
    this.conditions = List.copyOf(conditions);
  }

  /** When the last reading of a cycle has been taken. */
  static long endMillis(int cycle) {
    return startMillis(cycle) + CYCLE_MILLIS - 1;
  }

  private static long startMillis(int cycle) {
    return START_MILLIS + cycle * CYCLE_MILLIS;
  }

  @Override
  public List<String> describe() {
    return List.of(folder + ": " + conditions.size() + " cycles of a minute");
  }

  @Override
  public String referenceSet() {
    return PatternCatalogue.HYDRAULIC;
  }

  @Override
  public long writeTo(RecordFile.Target target) throws IOException {
    Messages messages = new Messages(TENANT, ASSET_CLASS, target);
    try (Cycles efficiencies = new Cycles(cooling, COOLING_SAMPLES);
        Cycles flows = new Cycles(flow, FLOW_SAMPLES)) {
      for (int cycle = 0; cycle < conditions.size(); cycle++) {
        messages.send(ASSET, endMillis(cycle), readings(cycle, efficiencies.next(), flows.next()));
      }
    }
    return messages.written();
  }

  private static List<Measurement> readings(int cycle, double[] efficiency, double[] flow) {
    long start = startMillis(cycle);
    List<Measurement> readings = new ArrayList<>(COOLING_SAMPLES + 2);
    for (int second = 0; second < COOLING_SAMPLES; second++) {
      readings.add(new Measurement(COOLING, start + second * 1000L, efficiency[second]));
      if (second == EARLY * FLOW_STEP_MILLIS / 1000) {
        readings.add(new Measurement(EARLY_FLOW, start + EARLY * FLOW_STEP_MILLIS, flow[EARLY]));
        readings.add(new Measurement(LATE_FLOW, start + LATE * FLOW_STEP_MILLIS, flow[LATE]));
      }
    }
    return readings;
  }

  @Override
  public Truth truth() {
    AssetHours hours = new AssetHours(START_MILLIS);
    for (int cycle = 0; cycle < conditions.size(); cycle++) {
      hours.add(ASSET, startMillis(cycle));
    }
    return new Truth(List.of(), List.of(), List.of(), Observation.ofTelemetry(hours, List.of()));
  }

  @Override
  public RunWishes wishes() {
    return new RunWishes(true, false);
  }

  @Override
  public Optional<Figures> figures(RunOutcome outcome) {
    return Optional.of(ConditionFigures.of(conditions, SymptomTimes.of(outcome.signals())));
  }
}
