package io.foreshock.cli.demo;

import io.foreshock.cli.records.RecordFile;
import io.foreshock.cli.records.RecordedPipeline;
import io.foreshock.fleet.FleetConfig;
import io.foreshock.fleet.FleetSimulation;
import io.foreshock.operators.order.OrderRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.language.YamlPatternSet;
import io.foreshock.precursors.PrecursorsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production catalogue on the simulated fleet, without a broker. */
class FleetDetectionITCase {
  @TempDir private Path folder;

  @Test
  void findsEverySeededFailureAndLeavesHealthyMachinesAlone() throws IOException {
    for (long seed : new long[] {2, 3, 4, 5, 6, 7, 8, 42}) {
      FleetConfig config = FleetConfig.demo(seed, 200, Duration.ofHours(72));
      FleetSimulation fleet = new FleetSimulation(config);
      Path records = folder.resolve("records");
      long begin = System.nanoTime();
      long n = RecordFile.write(records, new FleetRecords(fleet));
      System.err.println(n + " records " + (System.nanoTime() - begin) / 1e9);
      begin = System.nanoTime();
      PrecursorsConfig defaults =
          PrecursorsConfig.of(
              YamlPatternSet.of(PatternCatalogue.production()), ChannelCatalogue.load());
      PrecursorsConfig patient =
          new PrecursorsConfig(
              defaults.decode(),
              OrderRules.DEFAULT
                  .withMaxWait(Duration.ofMinutes(15))
                  .withBootWait(Duration.ofMinutes(15)),
              defaults.assetForgetAfter(),
              defaults.engine(),
              defaults.channels(),
              defaults.patterns());
      RecordedPipeline.Outcome outcome = RecordedPipeline.run(records, patient, 2);
      System.err.println("ran " + (System.nanoTime() - begin) / 1e9);
      outcome.refused().forEach(System.err::println);
      DemoScore score = DemoScore.of(fleet.truth(), outcome.detections(), config.endMillis());
      DetectionLine line =
          new DetectionLine(ChannelCatalogue.load(), PatternCatalogue.production());
      System.err.println(
          "== found "
              + score.found().size()
              + " missed "
              + score.missed().size()
              + " false "
              + score.falseAlarms().size()
              + " misattr "
              + score.misattributed().size()
              + " leads "
              + score.leadHours());
      score
          .missed()
          .forEach(
              f ->
                  System.err.println(
                      "MISSED "
                          + f
                          + " "
                          + (f.failureMillis() - f.onsetMillis()) / 3.6e6
                          + " onset "
                          + (f.onsetMillis() - config.startMillis()) / 3.6e6));
      score
          .found()
          .forEach(
              (f, d) ->
                  System.err.println(
                      "FOUND "
                          + f.kind()
                          + " lead "
                          + (f.failureMillis() - d.eventTimeMillis()) / 3.6e6
                          + " at h "
                          + (d.eventTimeMillis() - config.startMillis()) / 3.6e6
                          + " "
                          + d.pattern()));
      score
          .falseAlarms()
          .forEach(
              d ->
                  System.err.println(
                      "FALSE "
                          + (d.eventTimeMillis() - config.startMillis()) / 3.6e6
                          + " "
                          + line.subject(d)
                          + " "
                          + line.evidence(d)
                          + " "
                          + fleet.truth().disturbances(d.asset())
                          + " hot "
                          + fleet.truth().hotTenant()));
      score
          .misattributed()
          .forEach(
              d ->
                  System.err.println(
                      "OTHER "
                          + (d.eventTimeMillis() - config.startMillis()) / 3.6e6
                          + " "
                          + line.subject(d)
                          + " "
                          + line.evidence(d)));
    }
  }
}
