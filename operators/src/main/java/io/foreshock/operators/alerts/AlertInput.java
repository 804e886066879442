package io.foreshock.operators.alerts;

import io.foreshock.model.Command;
import io.foreshock.model.Detection;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A detection, or a command about an asset or one of its alerts.
 *
 * @param arrivedMillis when the broker got it
 * @param detection the detection; null for a command
 * @param placement where its asset stands; null for a command
 * @param command the command; null for a detection
 */
@TypeInfo(AlertInputSerializer.Factory.class)
public record AlertInput(
    long arrivedMillis, Detection detection, Placement placement, Command command) {

  public static AlertInput of(Detection detection, Placement placement, long arrivedMillis) {
    return new AlertInput(arrivedMillis, detection, placement, null);
  }

  public static AlertInput of(Command command, long arrivedMillis) {
    return new AlertInput(arrivedMillis, null, null, command);
  }

  /** Key of everything kept about the asset: {@code tenant/assetId}. */
  public String assetKey() {
    return detection != null ? detection.asset().key() : command.tenant() + '/' + command.assetId();
  }
}
