package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.backtest.run.RecordFile;
import io.foreshock.backtest.run.RecordedPipeline;
import io.foreshock.backtest.run.RunOutcome;
import io.foreshock.fleet.DeliveryConfig;
import io.foreshock.fleet.FleetConfig;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.model.Detection;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production catalogue on the simulated fleet, without a broker. */
class FleetDetectionITCase {
  private static final FleetConfig FLEET =
      FleetConfig.demo(DemoSettings.USUAL_SEED, 200, DemoSettings.USUAL_SPAN);

  @TempDir private Path folder;

  @Test
  void findsEverySeededFailureLeavesHealthyMachinesAloneAndDoesNotMindTheNetwork()
      throws IOException {
    List<Detection> detections = detect(FLEET, 2);

    DemoScore score =
        DemoScore.of(new FleetSimulation(FLEET).truth(), detections, FLEET.endMillis());
    assertThat(score.completed(FLEET.endMillis())).isGreaterThanOrEqualTo(5);
    assertThat(score.missed()).isEmpty();
    assertThat(score.misattributed()).isEmpty();
    assertThat(score.falseAlarms()).isEmpty();
    assertThat(score.leadHours()).allMatch(hours -> hours > 0.5);

    // Evidence carries the author's names of stages.
    assertThat(detections)
        .flatExtracting(Detection::evidence)
        .extracting(Detection.StageEvidence::stage)
        .contains("shaking", "hot")
        .noneMatch(stage -> stage.matches("v\\d+\\W.*"));

    // The same fleet on a perfect network: no repeats, nothing late, no outage, no restart.
    assertThat(detect(onPerfectNetwork(FLEET), 3))
        .extracting(Detection::id)
        .containsExactlyInAnyOrderElementsOf(detections.stream().map(Detection::id).toList());
  }

  private List<Detection> detect(FleetConfig config, int parallelism) throws IOException {
    Path records = folder.resolve("records-" + parallelism);
    RecordFile.write(records, new FleetRecords(new FleetSimulation(config)));
    PrecursorsConfig defaults =
        PrecursorsConfig.of(
            YamlPatternSet.of(PatternCatalogue.production()), ChannelCatalogue.load());
    PrecursorsConfig patient =
        new PrecursorsConfig(
            defaults.decode(),
            OrderRules.DEFAULT
                .withMaxWait(Duration.ofMinutes(15))
                .withBootWait(Duration.ofMinutes(6)),
            defaults.assetForgetAfter(),
            defaults.engine(),
            defaults.channels(),
            defaults.patterns());
    RunOutcome outcome = RecordedPipeline.run(records, patient, parallelism);
    assertThat(outcome.refused()).isEmpty();
    return outcome.detections().list();
  }

  private static FleetConfig onPerfectNetwork(FleetConfig config) {
    return new FleetConfig(
        config.seed(),
        config.assets(),
        config.tenants(),
        config.start(),
        config.span(),
        config.sampleEvery(),
        config.uploadEvery(),
        config.failures(),
        DeliveryConfig.PERFECT);
  }
}
