package io.foreshock.patterns.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternRecord;
import io.foreshock.model.Signal;
import io.foreshock.model.TelemetryBatch;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.engine.EngineRules;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.samples.Readings;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which symptoms are looked for as patterns come and go. */
class DetectLiveSymptomsTest {
  private static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");
  private static final AssetRef OTHERS = new AssetRef("zeta", "pump-1", "pump");
  private static final PatternDocument ROUGH =
      new PatternDocument(
          "acme",
          "rough",
          1,
          """
          pattern: rough
          version: 1
          symptoms:
            rough: {detector: threshold, channel: vibration_rms_mm_s, above: 7.1 mm/s, clearBelow: 6.5 mm/s}
          sequence:
            - {stage: rough, when: 'symptom == "rough"'}
          within: 1h
          detection: {component: bearing, failureMode: wear, severity: warning}
          """,
          false,
          1,
          "");

  private KeyedTwoInputStreamOperatorTestHarness<String, TelemetryBatch, PatternRecord, Signal>
      detect;
  private int sequence;
  private int taken;

  @BeforeEach
  void open() throws Exception {
    LiveRules rules =
        new LiveRules(
            List.of(),
            ChannelCatalogue.load(),
            Duration.ofDays(90),
            EngineRules.DEFAULT,
            NearMissRules.NONE);
    detect =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new DetectLiveSymptomsFunction(rules), List.of(PatternRegistry.STATE)),
            batch -> batch.asset().key(),
            null,
            Types.STRING,
            240,
            1,
            0);
    detect.open();
  }

  @AfterEach
  void close() throws Exception {
    detect.close();
  }

  @Test
  void looksForWhatIsPublishedOnTheAssetsOfItsTenantUntilItIsRemoved() throws Exception {
    assertThat(signals(PUMP, 9.0)).isZero();
    change(PatternCodec.encode(ROUGH));
    assertThat(signals(PUMP, 9.0)).isOne();
    assertThat(signals(OTHERS, 9.0)).isZero();
    assertThat(signals(PUMP, 2.0)).isOne();
    change(new byte[0]);
    assertThat(signals(PUMP, 9.0)).isZero();
  }

  @Test
  void goesOnLookingWhileThePatternIsPaused() throws Exception {
    change(PatternCodec.encode(ROUGH.withPaused(true)));
    assertThat(signals(PUMP, 9.0)).isOne();
    change(PatternCodec.encode(ROUGH));
    assertThat(signals(PUMP, 9.0)).as("the same episode").isZero();
    assertThat(signals(PUMP, 2.0)).isOne();
  }

  private void change(byte[] value) throws Exception {
    detect.processElement2(new StreamRecord<>(new PatternRecord(ROUGH.key(), value, 1)));
  }

  private int signals(AssetRef asset, double value) throws Exception {
    long time = 1_767_600_000_000L + sequence * 1000L;
    TelemetryBatch batch =
        Readings.of(asset)
            .sequence(sequence++)
            .at(time)
            .reading("vibration_rms_mm_s", value)
            .batch();
    detect.processElement1(new StreamRecord<>(batch, time));
    int all = detect.extractOutputValues().size();
    int fresh = all - taken;
    taken = all;
    return fresh;
  }
}
