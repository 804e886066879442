package io.foreshock.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Moves the fleet through simulated time and hands out its messages in the order in which they
 * reach the broker. Not thread-safe; a run cannot be turned back, a new one begins anew.
 *
 * <pre>{@code
 * FleetSimulation fleet = new FleetSimulation(FleetConfig.demo(7, 200, Duration.ofDays(3)));
 * fleet.advanceTo(fleet.config().startMillis() + 3_600_000, upload -> …);
 * }</pre>
 */
public final class FleetSimulation {
  private static final long HOUR = 3_600_000L;
  private static final Comparator<Upload> ORDER =
      Comparator.comparingLong(Upload::sendMillis)
          .thenComparing(u -> u.batch().asset().key())
          .thenComparing(u -> u.batch().bootId())
          .thenComparingLong(u -> u.batch().sequence())
          .thenComparing(Upload::repeat);

  private final FleetConfig config;
  private final FleetTruth truth;
  private final List<SimulatedAsset> assets = new ArrayList<>();
  private final PriorityQueue<Upload> underWay = new PriorityQueue<>(ORDER);
  private final List<Upload> sent = new ArrayList<>();

  public FleetSimulation(FleetConfig config) {
    this.config = config;
    FleetPlan plan = new FleetPlan(config);
    truth = new FleetTruth(config, plan.stories(), hotDay());
    Map<String, Ambient> sites = new HashMap<>();
    for (String tenant : config.tenants()) {
      sites.put(tenant, new Ambient(Randoms.of(config.seed(), "site " + tenant)));
    }
    Disturbance hotDay = truth.hotDay();
    sites.get(truth.hotTenant()).hotSpell(hotDay.fromMillis(), hotDay.untilMillis(), 7);
    List<AssetStory> stories = plan.stories();
    for (int i = 0; i < stories.size(); i++) {
      AssetStory story = stories.get(i);
      assets.add(asset(story, sites.get(story.asset().tenant()), i));
    }
  }

  public FleetConfig config() {
    return config;
  }

  /** What really happens; for the one who scores, not for the one who detects. */
  public FleetTruth truth() {
    return truth;
  }

  /**
   * Moves on to a simulated time and hands out what reaches the broker until then, in order.
   *
   * @param millis not before the time of the last call; nothing happens after the end of the span
   */
  public void advanceTo(long millis, Consumer<Upload> broker) {
    long until = Math.min(millis, config.endMillis());
    for (SimulatedAsset asset : assets) {
      asset.advanceTo(until, sent);
    }
    deliver(until, broker);
  }

  /** Ends the simulation: everything that is still under way arrives, in order. */
  public void finish(Consumer<Upload> broker) {
    advanceTo(config.endMillis(), broker);
    for (SimulatedAsset asset : assets) {
      asset.finish(config.endMillis(), sent);
    }
    deliver(Long.MAX_VALUE, broker);
  }

  private void deliver(long until, Consumer<Upload> broker) {
    underWay.addAll(sent);
    sent.clear();
    while (!underWay.isEmpty() && underWay.peek().sendMillis() <= until) {
      broker.accept(underWay.poll());
    }
  }

  private SimulatedAsset asset(AssetStory story, Ambient site, int number) {
    String key = story.asset().key();
    // Devices do not all speak at once.
    long phase = Math.floorMod(number * 7919L, config.uploadEvery().toSeconds()) * 1000L;
    long first = config.startMillis() + phase;
    SplittableRandom random = Randoms.of(config.seed(), "machine " + key);
    LoadProfile load = new LoadProfile(random);
    for (Disturbance disturbance : story.disturbances()) {
      if (disturbance.kind() == Disturbance.Kind.LOAD_STEP) {
        load.step(disturbance.fromMillis(), disturbance.untilMillis(), 0.2);
      }
    }
    AssetModel model =
        switch (story.kind()) {
          case CLIMATE -> new ClimateModel(site, load, random, first);
          case PUMP -> new PumpModel(site, load, story.failureKind(), random, first);
          case VEHICLE -> new VehicleModel(site, story.failureKind(), random, first);
        };
    Samples samples =
        new Samples(new Disturbances(story, Randoms.of(config.seed(), "wiring " + key)));
    return new SimulatedAsset(story, model, samples, new Device(story, config), config, first);
  }

  /** From eight in the morning, on the day in the middle of the span. */
  private Disturbance hotDay() {
    long day = 24 * HOUR;
    long middle = config.startMillis() + config.span().toMillis() / 2;
    long from = middle / day * day + 8 * HOUR;
    return new Disturbance(Disturbance.Kind.HOT_DAY, from, from + 10 * HOUR);
  }
}
