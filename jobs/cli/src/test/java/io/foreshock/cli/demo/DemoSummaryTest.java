package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.fleet.FleetSimulation;
import io.foreshock.fleet.FleetTruth;
import io.foreshock.fleet.SeededFailure;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
  private static final DemoSettings SETTINGS = DemoSettings.of(3, 90, 3, 0);
  private static final long START = SETTINGS.fleet().startMillis();
  private static final long END = SETTINGS.fleet().endMillis();
  private static final long HOUR = 3_600_000L;
  private static final FleetTruth TRUTH = new FleetSimulation(SETTINGS.fleet()).truth();

  @Test
  void passesWhenFailuresCompletedAndAllOfThemWereFound() {
    DemoSummary summary = summary(findings(), END, true, false);

    assertThat(summary.exitCode()).isZero();
    assertThat(text(summary)).contains("verdict          passed");
    assertThat(summary.toJson().get("passed").asBoolean()).isTrue();
  }

  @Test
  void failsWhenAFailureWasMissedOrHealthyMachinesAlarmed() {
    assertFailed(summary(findings().subList(1, findings().size()), END, true, false));
    List<Detection> alarms = findings();
    for (AssetRef asset : TRUTH.assets()) {
      alarms.add(alarm(asset, "paint", START + HOUR));
    }
    assertFailed(summary(alarms, END, true, false));
  }

  @Test
  void judgesNothingWhenNothingCompleted() {
    DemoSummary summary = summary(List.of(), START + HOUR, true, false);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(text(summary)).contains("nothing completed: not judged");
    assertThat(summary.toJson().get("passed").asBoolean()).isFalse();
  }

  @Test
  void judgesNothingWhenTheJobHadNotReadEverything() {
    DemoSummary summary = summary(findings(), END, false, false);

    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(text(summary)).contains("the job had not read everything: not judged");
  }

  @Test
  void judgesNothingWhenSomebodyStoppedItAndDoesNotCallThatAFailure() {
    DemoSummary summary = summary(List.of(), END, false, true);

    assertThat(summary.exitCode()).isZero();
    assertThat(text(summary)).contains("stopped early: not judged");
    assertThat(summary.toJson().get("passed").asBoolean()).isFalse();
    assertThat(summary.toJson().get("drained").asBoolean()).isFalse();
  }

  private static void assertFailed(DemoSummary summary) {
    assertThat(summary.exitCode()).isEqualTo(1);
    assertThat(text(summary)).contains("verdict          failed");
  }

  private static List<Detection> findings() {
    List<Detection> alarms = new ArrayList<>();
    for (SeededFailure failure : TRUTH.failures()) {
      alarms.add(
          alarm(failure.asset(), failure.kind().component(), failure.onsetMillis() + HOUR / 4));
    }
    return alarms;
  }

  private static Detection alarm(AssetRef asset, String component, long millis) {
    return DemoScoreTest.detection(asset, component, millis, Detection.Severity.CRITICAL, false);
  }

  private static String text(DemoSummary summary) {
    return summary.toText(
        new DetectionLine(ChannelCatalogue.load(), PatternCatalogue.production()));
  }

  private static DemoSummary summary(
      List<Detection> detections, long until, boolean drained, boolean stopped) {
    return new DemoSummary(
        SETTINGS,
        until,
        180,
        DemoScore.of(TRUTH, detections, until),
        detections.size(),
        0,
        new Histogram(600_000_000L, 3),
        1_000,
        10_000,
        new DemoInstallation.JobFigures(7, 0),
        Double.NaN,
        drained,
        stopped,
        null);
  }
}
