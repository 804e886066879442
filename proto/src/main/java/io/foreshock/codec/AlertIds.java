package io.foreshock.codec;

import java.util.List;

/**
 * Ids of alerts: {@code <asset id>/<component>/<failure mode>}, so that people can read them and a
 * command that names an alert finds its asset. A slash or percent sign within a part is escaped.
 */
public final class AlertIds {

  private AlertIds() {}

  /** The id of the alert about a failure mode of a component of an asset. */
  public static String of(String assetId, String component, String failureMode) {
    return escape(assetId) + '/' + escape(component) + '/' + escape(failureMode);
  }

  /**
   * Asset, component and failure mode of an id.
   *
   * @return three parts, or an empty list when the text is no id
   */
  public static List<String> parts(String id) {
    String[] parts = id.split("/", -1);
    if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
      return List.of();
    }
    return List.of(unescape(parts[0]), unescape(parts[1]), unescape(parts[2]));
  }

  private static String escape(String part) {
    return part.indexOf('/') < 0 && part.indexOf('%') < 0
        ? part
        : part.replace("%", "%25").replace("/", "%2F");
  }

  private static String unescape(String part) {
    return part.indexOf('%') < 0 ? part : part.replace("%2F", "/").replace("%25", "%");
  }
}
