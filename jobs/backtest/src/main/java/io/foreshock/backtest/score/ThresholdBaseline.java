package io.foreshock.backtest.score;

import io.foreshock.backtest.score.Baselines.BySection;
import io.foreshock.backtest.score.Baselines.Rule;
import io.foreshock.backtest.score.Baselines.Thresholds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The baseline "single threshold": for each component the one limit on the one channel with the
 * best F1 on some assets, judged on others.
 *
 * <p>With a split the limits are chosen on the training assets. Without one there are two choices,
 * each on every other asset and judged on the rest, so that no asset is judged by a limit that was
 * chosen on it. Nothing about the assets that are judged has any part in a choice.
 */
final class ThresholdBaseline {
  private static final long SEED = 1985;

  private final Protocol protocol;
  private final JudgedHistory history;
  private final Bootstrap bootstrap;
  private final Optional<AssetSplit> split;
  private final List<ThresholdChoice> folds = new ArrayList<>();

  ThresholdBaseline(
      Protocol protocol, JudgedHistory history, Bootstrap bootstrap, Optional<AssetSplit> split) {
    this.protocol = protocol;
    this.history = history;
    this.bootstrap = bootstrap;
    this.split = split;
    if (split.isPresent()) {
      fold(split.get().train(), split.get().test());
    } else {
      List<List<String>> halves = List.of(new ArrayList<>(), new ArrayList<>());
      int i = 0;
      for (String asset : history.assets()) {
        halves.get(i++ % 2).add(asset);
      }
      fold(halves.get(0), halves.get(1));
      fold(halves.get(1), halves.get(0));
    }
  }

  private void fold(List<String> chosenOn, List<String> judged) {
    folds.add(new ThresholdChoice(folds.size(), protocol, history, chosenOn, judged, SEED));
  }

  /** The baseline; empty when there are no readings. Reads them twice. */
  Optional<Thresholds> of(Readings readings) throws IOException {
    long[] count = new long[1];
    readings.forEach(
        (asset, channel, millis, value) -> {
          count[0]++;
          folds.forEach(fold -> fold.sample(asset, channel, millis, value));
        });
    if (count[0] == 0) {
      return Optional.empty();
    }
    folds.forEach(ThresholdChoice::setLimits);
    readings.forEach(
        (asset, channel, millis, value) ->
            folds.forEach(fold -> fold.count(asset, channel, millis, value)));
    folds.forEach(ThresholdChoice::choose);
    List<Rule> rules = folds.stream().flatMap(fold -> fold.rules().stream()).toList();
    List<Rule> channels = folds.stream().flatMap(fold -> fold.channels().stream()).toList();
    String chosenOn =
        split.isPresent()
            ? "the training assets"
            : "every other asset, judged on the rest, and the other way round";
    return Optional.of(new Thresholds(chosenOn, rules, channels, overall()));
  }

  private BySection<Measures> overall() {
    if (split.isEmpty()) {
      List<Tally> all = new ArrayList<>();
      folds.forEach(fold -> all.addAll(fold.tallies(fold.judged())));
      return new BySection<>(Measures.of(all, protocol, bootstrap), null, null);
    }
    ThresholdChoice only = folds.get(0);
    return new BySection<>(
        figures(only, history.assets()),
        figures(only, new LinkedHashSet<>(split.get().train())),
        figures(only, new LinkedHashSet<>(split.get().test())));
  }

  private Measures figures(ThresholdChoice fold, Set<String> assets) {
    List<String> counted = assets.stream().filter(history.watched()::containsKey).toList();
    return Measures.of(fold.tallies(counted), protocol, bootstrap);
  }

  /** Adds up what happened on each asset under different rules. */
  static List<Tally> sum(List<List<Tally>> parts, List<String> assets, JudgedHistory history) {
    Map<String, List<Tally>> byAsset = new HashMap<>();
    parts.forEach(
        part ->
            part.forEach(
                tally ->
                    byAsset.computeIfAbsent(tally.asset(), a -> new ArrayList<>()).add(tally)));
    List<Tally> sums = new ArrayList<>();
    for (String asset : assets) {
      List<Tally> tallies = byAsset.getOrDefault(asset, List.of());
      sums.add(
          new Tally(
              asset,
              tallies.stream().mapToInt(Tally::alarms).sum(),
              tallies.stream().mapToInt(Tally::trueAlarms).sum(),
              (int) history.failures().stream().filter(f -> f.asset().equals(asset)).count(),
              tallies.stream().flatMap(t -> t.leadHours().stream()).toList(),
              history.watched().get(asset).hours()));
    }
    return sums;
  }
}
