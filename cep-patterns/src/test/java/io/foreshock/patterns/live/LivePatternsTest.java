package io.foreshock.patterns.live;

import static io.foreshock.patterns.live.LiveHarness.millis;
import static org.assertj.core.api.Assertions.assertThat;

import io.foreshock.model.AssetRef;
import io.foreshock.model.PatternDocument;
import io.foreshock.model.PatternStatus;
import io.foreshock.model.PatternStatus.State;
import io.foreshock.patterns.live.LiveHarness.Savepoint;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that change while matches are open; with a savepoint in between where it matters. */
class LivePatternsTest {
  private static final AssetRef PUMP = new AssetRef("acme", "pump-1", "pump");
  private static final AssetRef OTHERS = new AssetRef("zeta", "pump-1", "pump");
  private static final String KEY = "_all/wear";

  /** First {@code first}, then {@code second} within an hour. */
  private static String yaml(int version, String onChange, String first, String second) {
    return """
        pattern: wear
        version: %d
        sequence:
          - {stage: begins, when: 'fault.code == "%s"'}
          - {stage: ends, when: 'fault.code == "%s"'}
        within: 1h
        onChange: %s
        detection: {component: bearing, failureMode: wear, severity: warning}
        """
        .formatted(version, first, second, onChange);
  }

  private static PatternDocument document(String tenant, int version, String yaml, int minute) {
    return new PatternDocument(tenant, "wear", version, yaml, false, millis(minute), "test");
  }

  private static PatternDocument version(int version, String onChange, String second, int minute) {
    return document("", version, yaml(version, onChange, "A", second), minute);
  }

  /**
   * A match is open under version 1 (A, waits for B); version 2 waits for C instead. Under keep the
   * open match goes on by the new rule, under drain by the old one, under drop it is given up.
   */
  @ParameterizedTest
  @CsvSource({
    "keep,  true,  acme/pump-1 wear v2",
    "keep,  false, acme/pump-1 wear v2",
    "drain, true,  acme/pump-1 wear v1",
    "drain, false, acme/pump-1 wear v1",
    "drop,  true,  ''",
    "drop,  false, ''"
  })
  void endsOpenMatchesAsTheNewVersionDeclares(
      String onChange, boolean changeBeforeSavepoint, String expected) throws Exception {
    Savepoint savepoint;
    PatternDocument changed = version(2, onChange, "C", 2);
    try (LiveHarness job = LiveHarness.open()) {
      assertThat(job.publish(version(1, "drop", "B", 0)).state()).isEqualTo(State.ACCEPTED);
      job.fault(PUMP, "A", 1);
      if (changeBeforeSavepoint) {
        job.publish(changed);
      }
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      if (!changeBeforeSavepoint) {
        job.publish(changed);
      }
      job.fault(PUMP, onChange.equals("keep") ? "C" : "B", 3);
      assertThat(String.join(", ", job.detections())).isEqualTo(expected);

      job.fault(PUMP, "A", 10).fault(PUMP, "C", 11);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v2");
      job.clock(10_000);
      assertThat(job.halfMatched()).isZero();
    }
  }

  @Test
  void drainsEachOfSeveralVersionsUnderItsOwn() throws Exception {
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(version(1, "drain", "B", 0));
      job.fault(PUMP, "A", 1);
      job.publish(version(2, "drain", "C", 2));
      job.fault(PUMP, "A", 3);
      job.publish(version(3, "drain", "D", 4));
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      job.fault(PUMP, "A", 5);
      job.fault(PUMP, "C", 6).fault(PUMP, "D", 7).fault(PUMP, "B", 8);
      assertThat(job.detections())
          .containsExactly("acme/pump-1 wear v2", "acme/pump-1 wear v3", "acme/pump-1 wear v1");
    }
  }

  @Test
  void forgetsARetiredVersionWhenNothingCanBeOpenUnderIt() throws Exception {
    try (LiveHarness job = LiveHarness.open()) {
      job.clock(0).publish(version(1, "drain", "B", 0));
      job.fault(PUMP, "A", 1).clock(1).publish(version(2, "drain", "C", 2));
      assertThat(job.remembered())
          .containsExactly("old/_all/wear/1", "runs/_all/wear", "topic/" + KEY);
      // One hour of the pattern and a day of grace, no change needed.
      job.clock(24 * 60 + 61);
      job.fault(OTHERS, "A", 24 * 60 + 61);
      assertThat(job.remembered()).contains("old/_all/wear/1");
      job.clock(24 * 60 + 62).fault(OTHERS, "nobody-knows", 24 * 60 + 62);
      assertThat(job.remembered()).containsExactly("runs/_all/wear", "topic/" + KEY);
      job.fault(OTHERS, "C", 24 * 60 + 63);
      assertThat(job.detections()).containsExactly("zeta/pump-1 wear v2");
      // The timer of a silent asset may be late by an eighth of the wait.
      job.clock(29 * 60);
      assertThat(job.halfMatched()).isZero();
    }
  }

  @Test
  void forgetsARetiredVersionAfterARestoreAndWhenNoIngestTimeWasKnown() throws Exception {
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(version(1, "drain", "B", 0));
      job.publish(version(2, "drain", "C", 1));
      assertThat(job.remembered()).contains("old/_all/wear/1");
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      job.clock(2).fault(PUMP, "nobody-knows", 2);
      job.clock(24 * 60 + 62).fault(PUMP, "nobody-knows", 24 * 60 + 62);
      assertThat(job.remembered()).contains("old/_all/wear/1");
      job.clock(24 * 60 + 63).fault(PUMP, "nobody-knows", 24 * 60 + 63);
      assertThat(job.remembered()).containsExactly("runs/_all/wear", "topic/" + KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void forgetsARemovedPatternAndWhatIsOpen(boolean comesBack) throws Exception {
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(version(1, "keep", "B", 0));
      job.fault(PUMP, "A", 1);
      assertThat(job.halfMatched()).isOne();
      assertThat(job.remove(KEY, 2))
          .extracting(PatternStatus::state, PatternStatus::key)
          .containsExactly(State.REMOVED, KEY);
      assertThat(job.remembered()).isEmpty();
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      if (comesBack) {
        job.publish(version(1, "keep", "B", 3));
      }
      job.fault(PUMP, "B", 4);
      assertThat(job.detections()).isEmpty();
      job.clock(10_000);
      assertThat(job.halfMatched()).isZero();
    }
  }

  @Test
  void matchesNothingWhilePausedAndBeginsAnewAfterwards() throws Exception {
    PatternDocument wear = version(1, "keep", "B", 0);
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(wear);
      job.fault(PUMP, "A", 1);
      assertThat(job.publish(wear.withPaused(true).published(millis(2), "")).state())
          .isEqualTo(State.PAUSED);
      job.fault(PUMP, "A", 3).fault(PUMP, "B", 4);
      assertThat(job.detections()).isEmpty();
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      job.fault(PUMP, "B", 5);
      assertThat(job.publish(wear.published(millis(6), "")).state()).isEqualTo(State.ACCEPTED);
      job.fault(PUMP, "B", 7);
      assertThat(job.detections()).as("what was open before the pause").isEmpty();
      job.fault(PUMP, "A", 8).fault(PUMP, "B", 9);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v1");
      job.clock(10_000);
      assertThat(job.halfMatched()).isZero();
    }
  }

  @Test
  void refusesWhatIsBrokenWithAllReasonsAndTheOldOneGoesOn() throws Exception {
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(version(1, "drop", "B", 0));
      job.fault(PUMP, "A", 1);
      String broken =
          yaml(2, "drop", "A", "B")
              .replace("within: 1h", "within: 900")
              .replace("fault.code ==", "falt.code ==");
      PatternStatus status = job.publish(document("", 2, broken, 2));
      assertThat(status.state()).isEqualTo(State.REFUSED);
      assertThat(status.version()).isEqualTo(2);
      assertThat(status.publishedAtMillis()).isEqualTo(millis(2));
      assertThat(status.reasons()).hasSize(3);
      assertThat(status.reasons()).anyMatch(reason -> reason.startsWith("_all/wear:6: within"));

      job.fault(PUMP, "B", 3);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v1");
    }
  }

  @Test
  void refusesEachThingThatIsNoDocumentOfItsKey() throws Exception {
    try (LiveHarness job = LiveHarness.open()) {
      assertThat(job.record(KEY, new byte[] {1, 2, 3}, millis(0)).reasons().get(0))
          .startsWith("The record is no PatternDocument");
      assertThat(job.record("", new byte[] {}, millis(0)).state()).isEqualTo(State.REMOVED);
      byte[] wear = io.foreshock.codec.PatternCodec.encode(version(2, "drop", "B", 0));
      assertThat(job.record("wear", wear, millis(0)).reasons())
          .containsExactly(
              "The record's key is \"wear\", but must be <tenant>/<name>, or _all/<name> for every tenant.");
      assertThat(job.record("acme/wear", wear, millis(0)).reasons())
          .containsExactly(
              "The record's key is \"acme/wear\", but its document belongs under \"_all/wear\". Publish it again.");
      job.record(KEY, wear, millis(0));
      assertThat(job.publish(version(1, "drop", "B", 1)).reasons())
          .containsExactly(
              "Version 1 is older than version 2, which was published before. Use version 3.");
      assertThat(job.publish(version(2, "drop", "C", 1)).reasons())
          .containsExactly(
              "Version 2 was published before with other content. Use version 3 for the changed pattern.");
      assertThat(job.publish(document("", 4, yaml(3, "drop", "A", "B"), 1)).reasons())
          .containsExactly(
              "The record's version is 4, but its document says version: 3. Publish it again.");
      assertThat(job.remembered()).containsExactly("runs/" + KEY, "topic/" + KEY);
    }
  }

  @Test
  void neverFiresATenantsPatternForAnother() throws Exception {
    try (LiveHarness job = LiveHarness.open()) {
      String claimsAll =
          yaml(1, "drop", "A", "B") + "appliesTo: {tenant: [zeta, acme], assetClass: [pump]}\n";
      job.publish(document("acme", 1, claimsAll, 0));
      for (AssetRef asset : new AssetRef[] {PUMP, OTHERS, new AssetRef("acme", "fan-1", "fan")}) {
        job.fault(asset, "A", 1).fault(asset, "B", 2);
      }
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v1");
    }
  }

  @Test
  void keepsPatternsOfOneNameApartByTenant() throws Exception {
    try (LiveHarness job = LiveHarness.open()) {
      job.publish(document("acme", 1, yaml(1, "drain", "A", "B"), 0));
      job.publish(document("zeta", 1, yaml(1, "drain", "A", "C"), 0));
      job.fault(PUMP, "A", 1).fault(OTHERS, "A", 1);
      job.remove("acme/wear", 2);
      job.fault(PUMP, "B", 3).fault(OTHERS, "B", 3).fault(OTHERS, "C", 4);
      assertThat(job.detections()).containsExactly("zeta/pump-1 wear v1");
    }
  }

  @Test
  void runsTheTopicsVersionUnlessTheFilesIsHigher() throws Exception {
    FileDocument first = new FileDocument("wear", 1, yaml(1, "drain", "A", "B"));
    FileDocument third = new FileDocument("wear", 3, yaml(3, "drain", "A", "D"));
    Savepoint savepoint;
    try (LiveHarness job = LiveHarness.open(first)) {
      job.fault(PUMP, "A", 1);
      job.publish(version(2, "drain", "C", 2));
      job.fault(PUMP, "B", 3);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v1");
      job.fault(PUMP, "A", 4);
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint, third)) {
      job.fault(PUMP, "A", 5).fault(PUMP, "C", 6).fault(PUMP, "D", 7);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v2", "acme/pump-1 wear v3");
      assertThat(job.publish(version(2, "drain", "C", 8)).reasons())
          .containsExactly(
              "It does not run: version 3 from the job's files is higher. Publish version 4.");
      savepoint = job.savepoint();
    }
    try (LiveHarness job = LiveHarness.restore(savepoint)) {
      job.fault(PUMP, "A", 9).fault(PUMP, "D", 10);
      assertThat(job.detections()).as("the file is gone").isEmpty();
      job.fault(PUMP, "C", 11);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v2");
    }
    try (LiveHarness job = LiveHarness.restore(savepoint, third)) {
      assertThat(job.remove(KEY, 9).reasons())
          .containsExactly("Version 3 from the job's files runs instead.");
      job.fault(PUMP, "A", 10).fault(PUMP, "D", 11);
      assertThat(job.detections()).containsExactly("acme/pump-1 wear v3");
    }
  }
}
