package io.foreshock.cli.state;

import io.foreshock.cli.CliFailure;
import io.foreshock.patterns.catalogue.PatternCatalogue;
import io.foreshock.patterns.definition.PatternDefinition;
import io.foreshock.patterns.engine.PatternFates;
import io.foreshock.patterns.engine.PatternFates.Fate;
import io.foreshock.patterns.engine.StoredMatches;
import io.foreshock.patterns.live.RestoredPatterns;
import io.foreshock.precursors.PrecursorsConfig;
import io.foreshock.precursors.PrecursorsOptions;
import io.foreshock.precursors.PrecursorsPipeline;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import io.foreshock.savepoint.Finding;
import io.foreshock.savepoint.Finding.Level;
import io.foreshock.savepoint.Snapshot;
import io.foreshock.savepoint.SnapshotContents;
import io.foreshock.savepoint.StoredOperator;
import io.foreshock.savepoint.StoredState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What becomes of the open matches of a savepoint of {@code precursors}, pattern by pattern. */
final class PatternFindings {
  private static final String OPEN_MATCHES = "open-matches";
  private static final String GIVEN_UP = "are given up";

  /** Stand in where a person gives the options that matter here alone. */
  private static final Map<String, String> ELSEWHERE =
      Map.of("kafka.bootstrap-servers", "unknown:9092", "installation", "unknown");

  private record Version(long patternId, int version, int shape) {}

  private record Open(long assets, long matches) {
    Open plus(long more) {
      return new Open(assets + 1, matches + more);
    }
  }

  private PatternFindings() {}

  /**
   * Asks the engine what it would do.
   *
   * @param given options that the job will have
   */
  static List<Finding> of(Snapshot snapshot, SnapshotContents contents, CommandLine given) {
    Optional<StoredOperator> matching = snapshot.operator(PrecursorsPipeline.MATCH);
    if (matching.isEmpty()) {
      return List.of();
    }
    Map<Version, Open> open = new LinkedHashMap<>();
    Map<String, Object> remembered = new TreeMap<>();
    contents.count(
        matching.get(), (state, key, value) -> take(state, key, value, open, remembered));
    PatternFates fates = fates(settings(given), remembered);
    List<Finding> findings = new ArrayList<>();
    open.forEach((version, matches) -> findings.add(finding(version, matches, fates, remembered)));
    return findings;
  }

  /** Whether a finding says that open matches are given up because somebody declared it. */
  static boolean givesUp(Finding finding) {
    return finding.level() == Level.NOTE
        && finding.uid().equals(PrecursorsPipeline.MATCH)
        && finding.reason().contains(GIVEN_UP);
  }

  private static void take(
      StoredState state,
      Object key,
      Object value,
      Map<Version, Open> open,
      Map<String, Object> remembered)
      throws IOException {
    if (state.name().equals(OPEN_MATCHES)) {
      for (StoredMatches.OpenPattern each : StoredMatches.read((byte[]) value).patterns()) {
        open.merge(
            new Version(each.patternId(), each.version(), each.shape()),
            new Open(1, each.open()),
            (known, one) -> known.plus(one.matches()));
      }
    } else if (state.name().equals(RestoredPatterns.STATE)) {
      remembered.put(String.valueOf(key), value);
    }
  }

  private static Settings settings(CommandLine given) {
    List<String> arguments = new ArrayList<>();
    Map<String, String> known = given.given(new ArrayList<>());
    ELSEWHERE.forEach(
        (key, value) -> {
          if (!known.containsKey(key)) {
            arguments.add("-D" + key + "=" + value);
          }
        });
    given.files().forEach(file -> arguments.addAll(List.of("--config", file.toString())));
    given.values().forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    try {
      return Settings.read(
          PrecursorsOptions.ALL, CommandLine.parse(arguments.toArray(String[]::new)));
    } catch (StartRefused e) {
      throw CliFailure.wrongInput(
          "The job would not start with these options:\n  " + String.join("\n  ", e.problems()), e);
    }
  }

  private static PatternFates fates(Settings settings, Map<String, Object> remembered) {
    try {
      PrecursorsConfig config = PrecursorsConfig.from(settings);
      return settings.get(PrecursorsOptions.PATTERNS_TOPIC).isEmpty()
          ? PatternFates.of(config.patterns().compile())
          : PatternFates.ofLive(RestoredPatterns.of(remembered, config.liveRules()));
    } catch (StartRefused e) {
      throw CliFailure.wrongInput(
          "The job would not start with these patterns:\n  " + String.join("\n  ", e.problems()),
          e);
    } catch (Exception e) {
      throw CliFailure.failed("The patterns cannot be compiled: " + e.getMessage(), e);
    }
  }

  private static Finding finding(
      Version version, Open open, PatternFates fates, Map<String, Object> remembered) {
    Fate fate = fates.of(version.patternId(), version.version(), version.shape());
    String name = name(version.patternId(), fates, remembered);
    int now = fates.version(version.patternId());
    String matches =
        open.matches()
            + " open matches of version "
            + version.version()
            + " on "
            + open.assets()
            + " assets ";
    return new Finding(
        level(fate),
        PrecursorsPipeline.MATCH,
        "pattern " + name,
        matches + sentence(fate, now),
        remedy(fate));
  }

  /** Names are not in state, but a hash of them; that of a pattern that is gone can be guessed. */
  private static String name(long patternId, PatternFates fates, Map<String, Object> remembered) {
    String name = fates.name(patternId);
    if (!name.isEmpty()) {
      return name;
    }
    return Stream.concat(
            RestoredPatterns.identities(remembered).stream(),
            PatternCatalogue.production().stream().map(PatternDefinition::name))
        .filter(each -> StoredMatches.id(each) == patternId)
        .findFirst()
        .orElse("with id " + Long.toHexString(patternId));
  }

  private static Level level(Fate fate) {
    return switch (fate) {
      case CONTINUE -> Level.FITS;
      case KEPT, DRAIN, DROPPED, REMOVED -> Level.NOTE;
      case CHANGED_WITHOUT_VERSION, KEEP_IMPOSSIBLE, DRAIN_IMPOSSIBLE -> Level.LOST;
    };
  }

  private static String sentence(Fate fate, int now) {
    return switch (fate) {
      case CONTINUE -> "go on.";
      case KEPT -> "go on under the conditions of version " + now + " (onChange: keep).";
      case DRAIN -> "end by their own rules beside version " + now + " (onChange: drain).";
      case DROPPED -> GIVEN_UP + " for version " + now + " (onChange: drop).";
      case REMOVED -> GIVEN_UP + ": the pattern does not run any more.";
      case CHANGED_WITHOUT_VERSION ->
          "are given up: version "
              + now
              + " has other stages than the version "
              + now
              + " that opened them.";
      case KEEP_IMPOSSIBLE ->
          "are given up: version " + now + " says onChange: keep, but has other stages.";
      case DRAIN_IMPOSSIBLE ->
          "are given up: version "
              + now
              + " says onChange: drain, but the version that opened them is not at hand.";
    };
  }

  private static String remedy(Fate fate) {
    return switch (fate) {
      case CHANGED_WITHOUT_VERSION ->
          "Raise its version and say onChange: drain, or change it back.";
      case KEEP_IMPOSSIBLE -> "Say onChange: drain.";
      case DRAIN_IMPOSSIBLE ->
          "Let the job run with patterns.topic before, which keeps older versions for this, or accept it.";
      default -> "";
    };
  }
}
