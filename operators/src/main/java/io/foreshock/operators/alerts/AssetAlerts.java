package io.foreshock.operators.alerts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All alerts of one asset, and its silences: the state of one key. Changed in place. */
final class AssetAlerts {
  final String tenant;
  final String assetId;
  Placement place = Placement.UNKNOWN;
  final List<Quiet> quiets = new ArrayList<>();

  /** By component and failure mode. */
  final Map<String, Slot> slots = new LinkedHashMap<>();

  /** Commands that were taken, so that a repeat is ignored. */
  final SeenIds commands;

  /** When the asset must be looked at again. */
  long dueAt = Scope.NEVER;

  /** The operator's timer. */
  long timerAt = Scope.NEVER;

  /** Whether others were told that the asset is down. */
  boolean toldDown;

  AssetAlerts(String tenant, String assetId) {
    this(tenant, assetId, new SeenIds());
  }

  AssetAlerts(String tenant, String assetId, SeenIds commands) {
    this.tenant = tenant;
    this.assetId = assetId;
    this.commands = commands;
  }

  /** Whether nothing is kept, so that the state can go. */
  boolean isEmpty() {
    return slots.isEmpty() && quiets.isEmpty() && !toldDown;
  }

  static String slotKey(String component, String failureMode) {
    return component.length() + ":" + component + failureMode;
  }
}
