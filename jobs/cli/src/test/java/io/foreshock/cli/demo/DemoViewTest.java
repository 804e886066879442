package io.foreshock.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Detection;
import io.foreshock.model.Detection.Severity;
import io.foreshock.model.Detection.StageEvidence;
import io.foreshock.model.OperatingStateChange.State;
import io.foreshock.model.Signal;
import io.foreshock.model.SignalKind;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class DemoViewTest {
  private static final AssetRef PUMP = new AssetRef("acme", "pump-017", "pump");
  private static final DemoSettings SETTINGS = DemoSettings.of(1, 200, 3, 0);
  private static final long LATER = SETTINGS.fleet().startMillis() + 12 * 3_600_000L;
  private static final DetectionLine LINE =
      new DetectionLine(ChannelCatalogue.load(), PatternCatalogue.production());

  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written);

  @Test
  void tellsTheEvidenceOfLimitsAndOfBaselines() {
    assertThat(DetectionLine.subject(bearingWear())).isEqualTo("pump-017 acme bearing wear");
    assertThat(LINE.evidence(bearingWear()))
        .isEqualTo("shaking 5.1 mm/s > 4.5 → warming 61.3 °C (4.2 sigma)");
  }

  @Test
  void writesPlainLinesWithoutControlCharacters() {
    LineView view = new LineView(out, LINE);

    view.show(state());
    view.show(state());
    view.detected(new SeenDetection(bearingWear(), 0, 0));
    view.end();

    assertThat(written.toString()).doesNotContain("\u001b");
    assertThat(written.toString().lines())
        .containsExactly(
            "01:15  simulated Mon 17:00  9,000 messages (120/s)  latency p50 250 ms, p99 250 ms  checkpoints 7 "
                + " assets: 198 healthy, 0 watch, 1 warning, 0 critical, 1 stopped",
            "       Mon 17:00  pump-017 acme bearing wear WARNING  shaking 5.1 mm/s > 4.5 → warming 61.3 °C (4.2"
                + " sigma)");
  }

  @Test
  void drawsTheScreenOverItselfAndCutsLongLines() {
    ScreenView view = new ScreenView(out, LINE, SETTINGS, 80);

    view.show(state());
    int lines = (int) written.toString().lines().count();
    view.show(state());

    assertThat(written.toString()).contains("\u001b[" + lines + "A");
    assertThat(written.toString().replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").lines())
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void countsMachinesByTheWorstThatIsKnownOfThem() {
    AssetRef van = new AssetRef("acme", "van-004", "vehicle");
    List<SeenDetection> seen =
        List.of(
            seen(DemoScoreTest.detection(PUMP, "bearing", LATER, Severity.WARNING, false)),
            seen(DemoScoreTest.detection(PUMP, "bearing", LATER, Severity.CRITICAL, false)),
            seen(DemoScoreTest.detection(PUMP, "bearing", LATER, Severity.WATCH, false)),
            seen(DemoScoreTest.detection(van, "battery", LATER, Severity.WARNING, true)));

    assertThat(DemoState.Health.of(10, seen, Map.of(), LATER + 1))
        .isEqualTo(new DemoState.Health(9, 0, 0, 1, 0));
    // The report is older than its horizon.
    assertThat(DemoState.Health.of(10, seen, Map.of(), LATER + 49 * 3_600_000L).healthy())
        .isEqualTo(10);
    assertThat(DemoState.Health.of(10, seen, Map.of(PUMP.key(), State.FAULT), LATER + 1))
        .isEqualTo(new DemoState.Health(9, 0, 0, 0, 1));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThat(DemoSettings.of(1, 200, 3, 0).speed()).isEqualTo(1440);
    assertThat(DemoSettings.of(1, 200, 3, 10).fleet().span()).hasMinutes(30);
    refuses("--minutes must be above 0", 200, 0, 0);
    refuses("--speed must lie between", 200, 3, -1);
    refuses("--assets must lie between", 2, 3, 0);
    refuses("at most 60 are possible", 200, 1000, 1000);
  }

  private static void refuses(String message, int assets, double minutes, double speed) {
    assertThatThrownBy(() -> DemoSettings.of(1, assets, minutes, speed))
        .isInstanceOf(CliFailure.class)
        .hasMessageContaining(message);
  }

  private static DemoState state() {
    Histogram latency = new Histogram(600_000_000L, 3);
    latency.recordValue(250_000);
    List<SeenDetection> seen = List.of(seen(bearingWear()));
    return new DemoState(
        75,
        LATER,
        9_000,
        220_000,
        latency,
        new DemoInstallation.JobFigures(7, 0),
        new DemoState.Health(198, 0, 1, 0, 1),
        seen,
        null);
  }

  private static SeenDetection seen(Detection detection) {
    return new SeenDetection(detection, 0, 0);
  }

  private static Detection bearingWear() {
    return new Detection(
        "0123456789abcdef0123456789abcdef",
        PUMP,
        "bearing-wear",
        1,
        "bearing",
        "wear",
        Severity.WARNING,
        LATER,
        0,
        false,
        List.of(
            new StageEvidence(
                "shaking", List.of(symptom("rough", "vibration_rms_mm_s", 5.1, 4.5, 5.1))),
            new StageEvidence(
                "warming", List.of(symptom("warm", "bearing_temperature_c", 61.3, 4, 4.2)))));
  }

  private static Signal symptom(
      String name, String channel, double value, double limit, double score) {
    return new Signal(
        PUMP, SignalKind.SYMPTOM, name, channel, "", "", LATER, value, limit, score, false);
  }
}
