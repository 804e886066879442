package io.foreshock.operators.alerts;

import io.foreshock.model.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;

/** Silences and maintenance windows of groups, the same in each task. */
final class GroupQuiets {
  private final BroadcastState<String, Quiet> state;
  private final Map<String, List<Quiet>> byTenant = new HashMap<>();

  GroupQuiets(BroadcastState<String, Quiet> state) throws Exception {
    this.state = state;
    for (Map.Entry<String, Quiet> entry : state.immutableEntries()) {
      add(tenantOf(entry.getKey()), entry.getValue());
    }
  }

  List<Quiet> of(String tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }

  /**
   * Takes a command about a group.
   *
   * @param keptMillis how long a window that is over may still matter
   * @return why it cannot be taken; empty when it can
   */
  String take(Command command, long now, long keptMillis) throws Exception {
    String tenant = command.tenant();
    List<Quiet> quiets = new ArrayList<>(of(tenant));
    quiets.removeIf(quiet -> quiet.untilMillis() + keptMillis <= now);
    String refusal = "";
    if (command.action() == Command.Action.UNSILENCE) {
      refusal = unsilence(quiets, command, now);
    } else if (quiets.stream().noneMatch(quiet -> quiet.id().equals(command.id()))) {
      refusal = CommandRules.refusal(quiets, command, now);
      if (refusal.isEmpty()) {
        quiets.add(Quiet.of(command, now));
      }
    }
    for (Quiet before : of(tenant)) {
      state.remove(key(tenant, before));
    }
    byTenant.remove(tenant);
    for (Quiet quiet : quiets) {
      state.put(key(tenant, quiet), quiet);
      add(tenant, quiet);
    }
    return refusal;
  }

  private static String unsilence(List<Quiet> quiets, Command command, long now) {
    List<Quiet> ofGroup =
        new ArrayList<>(
            quiets.stream()
                .filter(
                    quiet ->
                        !command.target().isEmpty()
                            || quiet.site().equals(command.site())
                                && quiet.assetClass().equals(command.assetClass()))
                .toList());
    quiets.removeAll(ofGroup);
    int ended = CommandRules.unsilence(ofGroup, command, now);
    quiets.addAll(ofGroup);
    return ended > 0 ? "" : "no silence or maintenance window of this group is in force";
  }

  private void add(String tenant, Quiet quiet) {
    byTenant.computeIfAbsent(tenant, name -> new ArrayList<>()).add(quiet);
  }

  /** A tenant's name holds no slash. */
  private static String key(String tenant, Quiet quiet) {
    return tenant + '/' + quiet.id();
  }

  private static String tenantOf(String key) {
    return key.substring(0, key.indexOf('/'));
  }
}
