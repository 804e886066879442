package io.foreshock.model;

import io.foreshock.state.CommandSerializer;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One instruction from a person or a system of record.
 *
 * @param tenant tenant by the topic's name
 * @param id identity chosen by the sender; a repeat is ignored
 * @param issuedAtMillis when it was given
 * @param issuedBy who gave it
 * @param assetId machine concerned; empty for a group, and for commands about one alert
 * @param site site of the group; empty for every site
 * @param assetClass class of the group; empty for every class
 * @param comment free text; empty for none
 * @param action what to do
 * @param alertId alert concerned; empty when the action is about none
 * @param component component concerned; empty for every one
 * @param fromMillis start of a silence or maintenance window; 0 for at once
 * @param untilMillis its end (exclusive); of maintenance done, when it was finished; else 0
 * @param target command whose silence ends by an unsilence; empty for all of the asset or group
 * @param partition partition of the topic that held it
 * @param offset offset in the partition
 */
@TypeInfo(CommandSerializer.Factory.class)
public record Command(
    String tenant,
    String id,
    long issuedAtMillis,
    String issuedBy,
    String assetId,
    String site,
    String assetClass,
    String comment,
    Action action,
    String alertId,
    String component,
    long fromMillis,
    long untilMillis,
    String target,
    int partition,
    long offset) {

  /** What to do. Order and names are part of the state format. */
  public enum Action {
    ACKNOWLEDGE,
    SILENCE,
    MAINTENANCE_DONE,
    FALSE_ALARM,
    UNSILENCE,
    RESOLVE,
    MAINTENANCE_WINDOW;

    /** Whether it is about one alert, named by its id. */
    public boolean isAboutAlert() {
      return this == ACKNOWLEDGE || this == FALSE_ALARM || this == RESOLVE;
    }

    /** Whether it may be about a group of assets. */
    public boolean mayBeAboutGroup() {
      return this == SILENCE || this == UNSILENCE || this == MAINTENANCE_WINDOW;
    }
  }

  /** Whether it is about all assets of a tenant, a site or a class. */
  public boolean isAboutGroup() {
    return action.mayBeAboutGroup() && assetId.isEmpty();
  }
}
