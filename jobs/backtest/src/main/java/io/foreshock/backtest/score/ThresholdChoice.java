package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Baselines.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One choice of limits: on some assets, judged on others. First every reading is sampled, then
 * every reading is counted, then it is chosen.
 */
final class ThresholdChoice {
  /** Of equals the one with fewer false alarms, then the one that warns earlier. */
  private static final Comparator<Candidate> BEST =
      Comparator.comparingDouble((Candidate c) -> c.score.f1())
          .thenComparing(c -> -c.score.falseAlarms())
          .thenComparing(c -> c.score.leadHoursMedian());

  private final int number;
  private final Protocol protocol;
  private final JudgedHistory history;
  private final List<String> chosenOn;
  private final List<String> judged;
  private final Set<String> chosenOnSet;
  private final long seed;
  private final Failures failures;
  private final Map<String, LimitCandidates> samples = new TreeMap<>();
  private final Map<String, List<Side>> sides = new TreeMap<>();
  private final List<Candidate> best = new ArrayList<>();
  private final List<Candidate> bestOfChannels = new ArrayList<>();

  private record Side(boolean above, LimitCounts counts) {}

  private record Candidate(String component, String channel, Side side, int limit, Score score) {}

  ThresholdChoice(
      int number,
      Protocol protocol,
      JudgedHistory history,
      List<String> chosenOn,
      List<String> judged,
      long seed) {
    this.number = number;
    this.protocol = protocol;
    this.history = history;
    this.chosenOn = chosenOn.stream().filter(history.watched()::containsKey).toList();
    this.judged = judged.stream().filter(history.watched()::containsKey).toList();
    this.chosenOnSet = Set.copyOf(this.chosenOn);
    this.seed = seed;
    this.failures = new Failures(history);
  }

  List<String> judged() {
    return judged;
  }

  /** A reading of the first pass. */
  void sample(String asset, String channel, long millis, double value) {
    if (chosenOnSet.contains(asset) && history.watched().get(asset).contains(millis)) {
      samples.computeIfAbsent(channel, c -> new LimitCandidates(seed + c.hashCode())).add(value);
    }
  }

  /** Between the passes. */
  void setLimits() {
    samples.forEach(
        (channel, sample) ->
            sides.put(
                channel,
                List.of(
                    new Side(true, new LimitCounts(protocol, failures, sample.above(), true)),
                    new Side(false, new LimitCounts(protocol, failures, sample.below(), false)))));
    samples.clear();
  }

  /** A reading of the second pass, of any watched asset: every section of them is reported. */
  void count(String asset, String channel, long millis, double value) {
    List<Side> ofChannel = sides.get(channel);
    if (ofChannel == null) {
      return;
    }
    WatchedTime watched = history.watched().get(asset);
    if (watched != null && watched.contains(millis)) {
      ofChannel.forEach(side -> side.counts.add(asset, millis, value));
    }
  }

  /** After the passes. */
  void choose() {
    Set<String> components = new TreeSet<>();
    for (ComponentEvent failure : history.failures()) {
      if (chosenOnSet.contains(failure.asset())) {
        components.add(failure.component());
      }
    }
    Map<String, Candidate> byComponent = new TreeMap<>();
    Map<String, Candidate> byChannel = new TreeMap<>();
    sides.forEach(
        (channel, both) ->
            both.forEach(
                side -> {
                  for (String component : components) {
                    for (int i = 0; i < side.counts.limits().length; i++) {
                      Score score = Score.of(side.counts.tallies(i, component, chosenOn));
                      Candidate candidate = new Candidate(component, channel, side, i, score);
                      if (score.f1() > 0) {
                        byComponent.merge(component, candidate, ThresholdChoice::better);
                        byChannel.merge(channel, candidate, ThresholdChoice::better);
                      }
                    }
                  }
                }));
    best.addAll(byComponent.values());
    bestOfChannels.addAll(byChannel.values());
  }

  private static Candidate better(Candidate before, Candidate now) {
    return BEST.compare(now, before) > 0 ? now : before;
  }

  /** The best rule of each component. */
  List<Rule> rules() {
    return best.stream().map(this::rule).toList();
  }

  /** The best rule of each channel. */
  List<Rule> channels() {
    return bestOfChannels.stream().map(this::rule).toList();
  }

  /** What the rules of the components together did. */
  List<Tally> tallies(List<String> assets) {
    List<List<Tally>> parts = new ArrayList<>();
    for (Candidate candidate : best) {
      parts.add(candidate.side.counts.tallies(candidate.limit, candidate.component, assets));
    }
    return ThresholdBaseline.sum(parts, assets, history);
  }

  private Rule rule(Candidate candidate) {
    LimitCounts counts = candidate.side.counts;
    return new Rule(
        number,
        candidate.component,
        candidate.channel,
        candidate.side.above,
        counts.limits()[candidate.limit],
        candidate.score,
        judged.isEmpty()
            ? Optional.empty()
            : Optional.of(Score.of(counts.tallies(candidate.limit, candidate.component, judged))));
  }
}
