package io.foreshock.fleet;

import io.foreshock.model.AssetRef;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What really happens in a simulated fleet. */
public final class FleetTruth {
  private final List<AssetRef> assets;
  private final List<SeededFailure> failures;
  private final Map<String, List<Disturbance>> disturbances;
  private final Map<String, Long> repairs;
  private final Disturbance hotDay;
  private final String hotTenant;

  FleetTruth(FleetConfig config, List<AssetStory> stories, Disturbance hotDay) {
    assets = stories.stream().map(AssetStory::asset).toList();
    failures = stories.stream().map(AssetStory::failure).filter(f -> f != null).toList();
    disturbances =
        stories.stream().collect(Collectors.toMap(s -> s.asset().key(), AssetStory::disturbances));
    repairs =
        stories.stream()
            .filter(s -> s.failure() != null)
            .collect(Collectors.toMap(s -> s.asset().key(), AssetStory::repairedMillis));
    this.hotDay = hotDay;
    this.hotTenant = config.tenants().get(0);
  }

  /** Every machine of the fleet. */
  public List<AssetRef> assets() {
    return assets;
  }

  /** Every machine that begins to fail, in the order of the machines. */
  public List<SeededFailure> failures() {
    return failures;
  }

  /** What happens to a machine besides; empty for one that fails. */
  public List<Disturbance> disturbances(AssetRef asset) {
    return disturbances.get(asset.key());
  }

  /** Simulated time at which a failed machine runs again, with a new part. */
  public long repairedMillis(AssetRef asset) {
    return repairs.getOrDefault(asset.key(), Long.MAX_VALUE);
  }

  /** The hot day. */
  public Disturbance hotDay() {
    return hotDay;
  }

  /** Whose site has the hot day. */
  public String hotTenant() {
    return hotTenant;
  }
}
