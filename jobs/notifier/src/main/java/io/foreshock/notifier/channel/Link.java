package io.foreshock.notifier.channel;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where people find more about an alert.
 *
 * @param template address with {@code {tenant}}, {@code {alert}} and {@code {asset}}; empty: there
 *     is none
 */
public record Link(String template) {

  /** Address for one page; empty when there is none. */
  String of(Page page) {
    return template
        .replace("{tenant}", encoded(page.tenant()))
        .replace("{alert}", encoded(page.subject().alertId()))
        .replace("{asset}", encoded(page.subject().assetId()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
