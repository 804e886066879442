package io.foreshock.notifier.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;

/** A page as JSON: the body of webhooks, and what PagerDuty shows as details. */
final class PageJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PageJson() {}

  static ObjectNode of(Page page, Link link) {
    ObjectNode json =
        object()
            .put("id", page.id())
            .put("dedupKey", page.dedupKey())
            .put("kind", word(page.kind()))
            .put("tenant", page.tenant())
            .put("alertId", page.subject().alertId())
            .put("assetId", page.subject().assetId())
            .put("assetClass", page.subject().assetClass())
            .put("site", page.subject().site())
            .put("component", page.subject().component())
            .put("failureMode", page.subject().failureMode())
            .put("severity", word(page.severity()))
            .put("createdAt", time(page.createdMillis()))
            .put("seenAt", time(page.seenMillis()))
            .put("title", page.headline())
            .put("lateSeconds", page.late().toSeconds())
            .put("link", link.of(page));
    ArrayNode recipients = json.putArray("recipients");
    page.recipients()
        .forEach(
            to -> recipients.addObject().put("channel", to.channel()).put("address", to.address()));
    page.text().forEach(json.putArray("text")::add);
    return json;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** ISO 8601. */
  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}
