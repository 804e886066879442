package io.foreshock.operators.detect;

import io.foreshock.model.AssetRef;
import io.foreshock.operators.detect.DetectorPlan.Assignment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the plan of an asset. Scopes are resolved once for each tenant and asset class; assets with
 * the same detectors share one {@link AssetPlan}. Belongs to one task.
 */
final class AssetPlans {
  /** Devices name their class: more than these, and the answers are worked out again. */
  private static final int MOST_REMEMBERED = 10_000;

  private final List<Assignment> assignments;
  private final List<Map.Entry<String, List<AssetScope>>> readings;

  private final Map<String, Map<String, AssetPlan>> byTenantAndClass = new HashMap<>();
  private final Map<BitSet, AssetPlan> bySelection = new HashMap<>();
  private int remembered;

  private String lastTenant = "";
  private String lastClass = "";
  private AssetPlan last;

  AssetPlans(DetectorPlan plan) {
    // One state for equal specifications, even when two patterns brought them separately; in an
    // order that does not depend on that of the patterns.
    Map<String, Assignment> byId = new TreeMap<>();
    for (Assignment assignment : plan.detectors()) {
      byId.merge(assignment.spec().id(), assignment, AssetPlans::both);
    }
    assignments = List.copyOf(byId.values());
    readings = List.copyOf(new TreeMap<>(plan.readings()).entrySet());
  }

  AssetPlan of(AssetRef asset) {
    if (last == null
        || !lastClass.equals(asset.assetClass())
        || !lastTenant.equals(asset.tenant())) {
      last = remembered(asset);
      lastTenant = asset.tenant();
      lastClass = asset.assetClass();
    }
    return last;
  }

  private AssetPlan remembered(AssetRef asset) {
    Map<String, AssetPlan> ofTenant = byTenantAndClass.get(asset.tenant());
    AssetPlan plan = ofTenant == null ? null : ofTenant.get(asset.assetClass());
    if (plan == null) {
      if (remembered == MOST_REMEMBERED) {
        byTenantAndClass.clear();
        remembered = 0;
      }
      plan = resolve(asset);
      byTenantAndClass
          .computeIfAbsent(asset.tenant(), t -> new HashMap<>())
          .put(asset.assetClass(), plan);
      remembered++;
    }
    return plan;
  }

  private AssetPlan resolve(AssetRef asset) {
    BitSet selection = new BitSet();
    List<DetectorSpec> specs = new ArrayList<>();
    for (int i = 0; i < assignments.size(); i++) {
      if (covers(assignments.get(i).scopes(), asset)) {
        selection.set(i);
        specs.add(assignments.get(i).spec());
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (int i = 0; i < readings.size(); i++) {
      if (covers(readings.get(i).getValue(), asset)) {
        selection.set(assignments.size() + i);
        wanted.add(readings.get(i).getKey());
      }
    }
    return bySelection.computeIfAbsent(selection, s -> new AssetPlan(specs, wanted));
  }

  private static boolean covers(List<AssetScope> scopes, AssetRef asset) {
    for (AssetScope scope : scopes) {
      if (scope.covers(asset)) {
        return true;
      }
    }
    return false;
  }

  private static Assignment both(Assignment one, Assignment other) {
    List<AssetScope> scopes = new ArrayList<>(one.scopes());
    scopes.addAll(other.scopes());
    return new Assignment(one.spec(), scopes);
  }
}
