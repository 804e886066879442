package io.foreshock.operators.alerts;

import io.foreshock.codec.AlertIds;
import io.foreshock.model.Alert;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import io.foreshock.model.Notification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What becomes of the detections, commands and time of one asset. Knows no Flink and no clock: the
 * caller keeps the {@link AssetAlerts}, says what time it is and wakes it at {@code dueAt}.
 *
 * <p>Times of the clock never go back for one asset.
 */
final class AlertMachine {
  /** Timers that are later than this were not only late: nobody was there to hear them. */
  private static final long MISSED_MILLIS = 60_000;

  private final AlertRules rules;
  private long resumesAt;

  AlertMachine(AlertRules rules) {
    this.rules = rules;
  }

  /**
   * Says that the job began to run again: until the given time, what came meanwhile is being read,
   * and pages that were missed wait, for somebody may have acknowledged.
   */
  void resumesAt(long millis) {
    resumesAt = millis;
  }

  /**
   * Takes a detection.
   *
   * @param group silences of groups that the asset may belong to
   * @param arrived when the broker got it
   * @return false when it is a repeat
   */
  boolean detection(
      AssetAlerts asset,
      Placement place,
      Detection detection,
      List<Quiet> group,
      long arrived,
      long now,
      AlertOutput out) {
    asset.place = place;
    pause(asset, now);
    Slot slot = slot(asset, detection, group, now, out);
    if (!slot.seen.add(detection.id())) {
      return false;
    }
    Scope scope = scope(asset, slot, group);
    slot.settle(Math.min(arrived, now) - scope.disorder(), scope);
    if (detection.backlog() || now - detection.eventTimeMillis() > rules.pageMaxAge().toMillis()) {
      slot.base.recorded =
          slot.base.recorded.and(detection.eventTimeMillis(), detection.severity());
    } else {
      long latest = Math.min(arrived, now);
      long at = Math.min(detection.eventTimeMillis(), latest);
      at = Math.max(at, Math.max(latest - scope.disorder(), slot.base.time));
      slot.insert(AlertEvent.of(detection, at, now - scope.disorder()));
    }
    finish(asset, slot, group, now, out);
    conclude(asset, group, now, out);
    return true;
  }

  private Slot slot(
      AssetAlerts asset, Detection detection, List<Quiet> group, long now, AlertOutput out) {
    String key = AssetAlerts.slotKey(detection.component(), detection.failureMode());
    Slot slot = asset.slots.get(key);
    if (slot == null) {
      if (asset.slots.size() >= rules.maxAlertsPerAsset()) {
        evict(asset, group, now, out);
      }
      slot =
          new Slot(detection.component(), detection.failureMode(), detection.id(), new SeenIds());
      asset.slots.put(key, slot);
    }
    return slot;
  }

  /** Gives up a closed alert, else the one of which nothing was seen for longest. */
  private void evict(AssetAlerts asset, List<Quiet> group, long now, AlertOutput out) {
    Slot victim =
        asset.slots.values().stream()
            .min(
                Comparator.comparing((Slot slot) -> slot.base.isOpen() || !slot.tail.isEmpty())
                    .thenComparing(slot -> slot.base.lastAt))
            .orElseThrow();
    Scope scope = scope(asset, victim, group);
    victim.settle(now + 1, scope);
    if (victim.base.isOpen()) {
      victim.base.close(
          Alert.State.EXPIRED,
          now,
          "",
          "more than " + rules.maxAlertsPerAsset() + " alerts of one asset",
          "");
    }
    finish(asset, victim, group, now, out);
    String key = AssetAlerts.slotKey(victim.component, victim.failureMode);
    if (asset.slots.remove(key) != null) {
      out.forget(asset.tenant, AlertIds.of(asset.assetId, victim.component, victim.failureMode));
    }
  }

  /** Takes a command about the asset or one of its alerts. */
  void command(AssetAlerts asset, Command command, List<Quiet> group, long now, AlertOutput out) {
    if (!asset.commands.add(command.id())) {
      return;
    }
    pause(asset, now);
    String refusal = "";
    int changed = 0;
    switch (command.action()) {
      case SILENCE, MAINTENANCE_WINDOW -> {
        refusal = CommandRules.refusal(asset.quiets, command, now);
        if (refusal.isEmpty()) {
          asset.quiets.add(Quiet.of(command, now));
        }
      }
      case UNSILENCE -> {
        if (CommandRules.unsilence(asset.quiets, command, now) == 0) {
          refusal = "no silence or maintenance window of " + command.assetId() + " is in force";
        }
      }
      case MAINTENANCE_DONE -> {
        for (Slot slot : List.copyOf(asset.slots.values())) {
          if (slot.component.equals(command.component())) {
            changed += take(asset, slot, command, group, now, out);
          }
        }
      }
      default -> {
        List<String> parts = AlertIds.parts(command.alertId());
        Slot slot = asset.slots.get(AssetAlerts.slotKey(parts.get(1), parts.get(2)));
        refusal = refusal(asset, slot, command, group, now);
        if (refusal.isEmpty()) {
          changed = take(asset, slot, command, group, now, out);
        }
      }
    }
    if (!command.action().isAboutAlert() && refusal.isEmpty()) {
      for (Slot slot : List.copyOf(asset.slots.values())) {
        changed += finish(asset, slot, group, now, out) ? 1 : 0;
      }
    }
    conclude(asset, group, now, out);
    out.answer(CommandRules.answer(command, refusal, changed, now));
  }

  private int take(
      AssetAlerts asset, Slot slot, Command command, List<Quiet> group, long now, AlertOutput out) {
    Scope scope = scope(asset, slot, group);
    slot.settle(now - scope.disorder(), scope);
    slot.insert(AlertEvent.of(command, Math.max(now, slot.base.time)));
    return finish(asset, slot, group, now, out) ? 1 : 0;
  }

  private String refusal(
      AssetAlerts asset, Slot slot, Command command, List<Quiet> group, long now) {
    return CommandRules.refusal(
        command, slot == null ? null : slot.view(now, scope(asset, slot, group)));
  }

  /** Looks at everything: silences of groups have changed. */
  void refresh(AssetAlerts asset, List<Quiet> group, long now, AlertOutput out) {
    pause(asset, now);
    for (Slot slot : List.copyOf(asset.slots.values())) {
      finish(asset, slot, group, now, out);
    }
    conclude(asset, group, now, out);
  }

  /** Lets time pass. */
  void time(AssetAlerts asset, List<Quiet> group, long now, AlertOutput out) {
    pause(asset, now);
    for (Slot slot : List.copyOf(asset.slots.values())) {
      if (slot.dueAt <= now) {
        finish(asset, slot, group, now, out);
      }
    }
    conclude(asset, group, now, out);
  }

  /** When nobody was there to send what was due, it is due now, and what follows accordingly. */
  private void pause(AssetAlerts asset, long now) {
    long missed = Scope.NEVER;
    for (Slot slot : asset.slots.values()) {
      missed = Math.min(missed, slot.dueAt);
    }
    if (missed < now - MISSED_MILLIS) {
      asset.quiets.add(
          new Quiet("", Quiet.Kind.PAUSE, "", "", "", missed, Math.max(now, resumesAt), ""));
    }
  }

  /** Brings an alert up to date and says what is new; returns whether the alert changed. */
  private boolean finish(
      AssetAlerts asset, Slot slot, List<Quiet> group, long now, AlertOutput out) {
    Scope scope = scope(asset, slot, group);
    slot.settle(now - scope.disorder(), scope);
    AlertCore view = slot.view(now, scope);
    AssetRef ref = new AssetRef(asset.tenant, asset.assetId, asset.place.assetClass());
    Alert alert = AlertViews.of(ref, slot, view, scope, now);
    long content = AlertViews.contentHash(alert);
    boolean changed = content != slot.written || slot.revision == 0;
    if (changed) {
      slot.written = content;
      slot.revision++;
      out.alert(alert.withRevision(slot.revision));
    }
    AlertMessages.tell(slot, view, alert.withRevision(slot.revision), scope, now)
        .forEach(
            message ->
                out.notice(
                    new Notice(
                        asset.tenant,
                        asset.assetId,
                        asset.place.ancestors(),
                        view.isAcknowledged()
                                && (message.kind() == Notification.Kind.UPDATE
                                    || message.kind() == Notification.Kind.ACKNOWLEDGED)
                            ? Notice.Change.ACKNOWLEDGED
                            : Notice.Change.NONE,
                        message)));
    long forgetAt =
        view.isOpen()
            ? Scope.NEVER
            : Math.max(view.closedAt, view.recorded.lastMillis())
                + rules.forgetAfter().toMillis()
                + scope.disorder();
    if (forgetAt <= now) {
      asset.slots.remove(AssetAlerts.slotKey(slot.component, slot.failureMode));
      out.forget(asset.tenant, alert.id());
    }
    slot.dueAt = Math.min(view.due(scope), forgetAt);
    return changed;
  }

  /** Tells whether the asset is down, forgets what is over, and sets the next time to look. */
  private void conclude(AssetAlerts asset, List<Quiet> group, long now, AlertOutput out) {
    boolean down = false;
    long due = Scope.NEVER;
    for (Slot slot : asset.slots.values()) {
      due = Math.min(due, slot.dueAt);
      if (rules.downFailureModes().contains(slot.failureMode)) {
        down |= slot.view(now, scope(asset, slot, group)).isOpen();
      }
    }
    if (down != asset.toldDown) {
      asset.toldDown = down;
      out.notice(
          new Notice(
              asset.tenant,
              asset.assetId,
              asset.place.ancestors(),
              down ? Notice.Change.DOWN : Notice.Change.UP,
              null));
    }
    asset.dueAt = Math.min(due, dropQuiets(asset, group, now));
  }

  /** Drops silences that no longer matter; returns when the next one can be. */
  private long dropQuiets(AssetAlerts asset, List<Quiet> group, long now) {
    long next = Scope.NEVER;
    boolean drops = false;
    for (Quiet quiet : asset.quiets) {
      long at = dropAt(quiet);
      drops |= at <= now;
      next = at <= now ? next : Math.min(next, at);
    }
    if (drops) {
      settle(asset, group, now);
      asset.quiets.removeIf(quiet -> dropAt(quiet) <= now);
    }
    return next;
  }

  /** A maintenance window matters as long as what was seen during it may still raise something. */
  private long dropAt(Quiet quiet) {
    long kept = quiet.kind() == Quiet.Kind.PAUSE ? 1 : rules.pageMaxAge().toMillis();
    return quiet.untilMillis() + rules.disorder().toMillis() + kept;
  }

  /** Makes final what silences decided that are about to be dropped. */
  void settle(AssetAlerts asset, List<Quiet> group, long now) {
    for (Slot slot : asset.slots.values()) {
      Scope scope = scope(asset, slot, group);
      slot.settle(now - scope.disorder(), scope);
    }
  }

  private Scope scope(AssetAlerts asset, Slot slot, List<Quiet> group) {
    List<Quiet> quiets = new ArrayList<>(asset.quiets.size());
    for (Quiet quiet : asset.quiets) {
      if (quiet.covers(slot.component)) {
        quiets.add(quiet);
      }
    }
    for (Quiet quiet : group) {
      if (quiet.covers(slot.component) && quiet.covers(asset.place)) {
        quiets.add(quiet);
      }
    }
    return new Scope(
        rules,
        rules.policy(asset.tenant, asset.place, slot.component, slot.failureMode),
        asset.place,
        quiets);
  }
}
