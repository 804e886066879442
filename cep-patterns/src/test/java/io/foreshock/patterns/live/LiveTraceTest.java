package io.foreshock.patterns.live;

import static io.foreshock.patterns.live.LiveHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.codec.PatternCodec;
import io.foreshock.model.AssetRef;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternStatus.State;
import io.foreshock.model.PatternTrace;
import io.foreshock.patterns.engine.NearMissRules;
import io.foreshock.patterns.live.LiveHarness.Savepoint;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Near misses, asked for while the job runs. */
class LiveTraceTest {
  private static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");
  private static final AssetRef OTHERS = new AssetRef("zeta", "pump-1", "pump");
  private static final NearMissRules POSSIBLE = new NearMissRules(true, List.of(), 60);

  private static final String WEAR =
      """
      pattern: wear
      version: 1
      sequence:
        - {stage: begins, when: 'fault.code == "A"'}
        - {stage: ends, when: 'fault.code == "B"'}
      within: 1h
      detection: {component: bearing, failureMode: wear, severity: warning}
      """;
  private static final FileDocument FILE = new FileDocument("wear", 1, WEAR);

  private static PatternTrace trace(String tenant, String... assets) {
    return new PatternTrace(tenant, "wear", List.of(assets), millis(0), "test");
  }

  private static void miss(LiveHarness job, AssetRef asset, int minute) throws Exception {
    job.fault(asset, "A", minute).fault(asset, "B", minute + 60);
  }

  @Test
  void areToldFromTheRequestOnUntilItEndsAlsoOverASavepoint() throws Exception {
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open(POSSIBLE, FILE)) {
      miss(job, PUMP, 0);
      assertThat(job.nearMisses()).isEmpty();
      PatternStatus status = job.trace(trace("acme"));
      assertThat(status.state()).isEqualTo(State.ACCEPTED);
      assertThat(status.reasons()).isEmpty();
      assertThat(status.publishedAtMillis()).isEqualTo(millis(0));
      miss(job, PUMP, 100);
      miss(job, OTHERS, 100);
      assertThat(job.nearMisses()).containsExactly("acme/pump-1 wear v1 TIMED_OUT begins");
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint, POSSIBLE, FILE)) {
      miss(job, PUMP, 200);
      assertThat(job.nearMisses()).containsExactly("acme/pump-1 wear v1 TIMED_OUT begins");
      job.trace(trace("zeta", "pump-1"));
      miss(job, OTHERS, 300);
      assertThat(job.nearMisses()).containsExactly("zeta/pump-1 wear v1 TIMED_OUT begins");
      assertThat(job.remove("_trace/acme/wear", 400).state()).isEqualTo(State.REMOVED);
      miss(job, PUMP, 400);
      miss(job, OTHERS, 400);
      assertThat(job.nearMisses()).containsExactly("zeta/pump-1 wear v1 TIMED_OUT begins");
      assertThat(job.remembered()).containsExactly("runs/_all/wear");
    }
  }

  @Test
  void areToldOfAPatternThatIsPublishedLater() throws Exception {
    try (LiveHarness job = LiveHarness.open(POSSIBLE)) {
      PatternStatus status = job.trace(trace(""));
      assertThat(status.state()).isEqualTo(State.ACCEPTED);
      assertThat(status.reasons()).containsExactly("No pattern of this name runs yet.");
      job.publish(new PatternDocument("zeta", "wear", 1, WEAR, false, millis(1), "test"));
      miss(job, OTHERS, 2);
      assertThat(job.nearMisses()).containsExactly("zeta/pump-1 wear v1 TIMED_OUT begins");
      assertThat(job.detections()).isEmpty();
    }
  }

  @Test
  void areRefusedWhereNobodyWritesThem() throws Exception {
    try (LiveHarness job = LiveHarness.open(FILE)) {
      PatternStatus status = job.trace(trace("acme"));
      assertThat(status.state()).isEqualTo(State.REFUSED);
      assertThat(status.key()).isEqualTo("acme/wear");
      assertThat(status.reasons())
          .containsExactly(
              "This job writes no near misses. Create the topics <tenant>.near-misses and start it with near-misses.write=true.");
      miss(job, PUMP, 0);
      assertThat(job.nearMisses()).isEmpty();
    }
  }

  @Test
  void refuseWhatIsNoRequest() throws Exception {
    try (LiveHarness job = LiveHarness.open(POSSIBLE, FILE)) {
      assertThat(job.record("_trace/_all/wear", new byte[] {1, 2, 3}, 0).reasons().get(0))
          .startsWith("The record is no PatternTrace (");
      assertThat(job.record("_trace/wear", PatternCodec.encode(trace("")), 0).reasons().get(0))
          .startsWith("The record's key is \"_trace/wear\", but must be _trace/<tenant>/<name>");
    }
  }
}
