package io.foreshock.fleet;

import io.foreshock.fleet.Disturbance.Kind;
import io.foreshock.model.AssetRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Which machines there are, which of them fail, how and when: drawn once from the seed.
 *
 * <p>Failures are spread evenly over the simulated span, so that one shows at every stage of a run.
 */
final class FleetPlan {
  private static final long HOUR = 3_600_000L;

  private final FleetConfig config;
  private final List<AssetStory> stories = new ArrayList<>();

  FleetPlan(FleetConfig config) {
    this.config = config;
    FailureKind[] kinds = FailureKind.values();
    List<List<Integer>> candidates = new ArrayList<>();
    for (AssetKind kind : AssetKind.values()) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < config.assets(); i++) {
        if (AssetKind.of(i) == kind) {
          numbers.add(i);
        }
      }
      Collections.shuffle(numbers, new Random(config.seed() ^ kind.ordinal()));
      candidates.add(numbers);
    }
    SeededFailure[] failures = new SeededFailure[config.assets()];
    SplittableRandom random = Randoms.of(config.seed(), "failures");
    for (int i = 0; i < config.failures(); i++) {
      FailureKind kind = kinds[i % kinds.length];
      List<Integer> of = candidates.get(kind.assetKind().ordinal());
      if (!of.isEmpty()) {
        int number = of.remove(of.size() - 1);
        failures[number] = failure(assetOf(number), kind, i, random);
      }
    }
    for (int i = 0; i < config.assets(); i++) {
      stories.add(story(i, failures[i]));
    }
  }

  List<AssetStory> stories() {
    return Collections.unmodifiableList(stories);
  }

  /**
   * The k-th failure happens in the k-th part of the span, after its time to develop; one in six
   * begins too late to complete.
   */
  private SeededFailure failure(
      AssetRef asset, FailureKind kind, int index, SplittableRandom random) {
    double develop = Randoms.between(random, kind.shortest().toMillis(), kind.longest().toMillis());
    long span = config.span().toMillis();
    double first = kind.earliest().toMillis();
    double onset;
    if (index % 6 == 5) {
      onset = Math.max(first, span - develop * Randoms.between(random, 0.2, 0.6));
    } else {
      double room = Math.max(0, 0.98 * span - develop - first);
      // The first one begins as early as it can.
      onset = first + room * (index == 0 ? 0 : index + random.nextDouble()) / config.failures();
    }
    long failureMillis = config.startMillis() + (long) (onset + develop);
    if (kind == FailureKind.ENGINE_OVERHEATING) {
      failureMillis =
          inWorkingHours(failureMillis, config.startMillis() + (long) (first + develop));
    }
    long onsetMillis = failureMillis - (long) develop;
    return new SeededFailure(
        asset, kind, onsetMillis, failureMillis, failureMillis < config.endMillis());
  }

  /** Engines overheat while they run: between ten and three, when every vehicle is on tour. */
  private static long inWorkingHours(long millis, long notBefore) {
    long day = Math.floorDiv(millis, 24 * HOUR) * 24 * HOUR;
    long moved = day + Math.min(15 * HOUR, Math.max(10 * HOUR, millis - day));
    return moved < notBefore ? moved + 24 * HOUR : moved;
  }

  private AssetStory story(int number, SeededFailure failure) {
    AssetRef asset = assetOf(number);
    SplittableRandom random = Randoms.of(config.seed(), "story " + asset.key());
    Degradation degradation =
        failure == null
            ? Degradation.NONE
            : new Degradation(
                failure.onsetMillis(), failure.failureMillis(), failure.kind().growthNepers());
    long repaired =
        failure == null
            ? Long.MAX_VALUE
            : failure.failureMillis() + (long) (Randoms.between(random, 2, 4) * HOUR);
    List<Disturbance> disturbances =
        failure == null ? disturbances(AssetKind.of(number), random) : List.of();
    return new AssetStory(
        asset, AssetKind.of(number), failure, degradation, repaired, disturbances);
  }

  private List<Disturbance> disturbances(AssetKind kind, SplittableRandom random) {
    List<Disturbance> drawn = new ArrayList<>();
    draw(drawn, Kind.OUTLIER, 0.15, config.sampleEvery().toMillis(), random);
    draw(drawn, Kind.DROP_OUT, 0.1, (long) (Randoms.between(random, 0.2, 0.7) * HOUR), random);
    if (kind == AssetKind.PUMP) {
      draw(drawn, Kind.LOAD_STEP, 0.15, (long) (Randoms.between(random, 2, 5) * HOUR), random);
      draw(drawn, Kind.COLD_START, 0.1, (long) (Randoms.between(random, 3, 6) * HOUR), random);
    }
    return List.copyOf(drawn);
  }

  private void draw(
      List<Disturbance> drawn, Kind kind, double share, long millis, SplittableRandom random) {
    boolean hit = random.nextDouble() < share;
    long from =
        config.startMillis()
            + (long)
                (Math.max(0, config.span().toMillis() - millis) * Randoms.between(random, 0.1, 1));
    if (hit) {
      drawn.add(new Disturbance(kind, from, from + millis));
    }
  }

  private AssetRef assetOf(int number) {
    AssetKind kind = AssetKind.of(number);
    String tenant = config.tenants().get(number % config.tenants().size());
    return new AssetRef(tenant, "%s-%03d".formatted(kind.prefix(), number), kind.assetClass());
  }
}
