package io.foreshock.cli.dlq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.model.DeadLetter;
import java.time.Instant;

/** A dead letter as JSON; the refused bytes in hexadecimal are added by who wants them. */
public final class LetterJson {

  private LetterJson() {}

  public static ObjectNode of(DeadLetter letter) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("reason", letter.reason().name())
        .put("detail", letter.detail())
        .put("tenant", letter.source().tenant())
        .put("topic", letter.source().topic())
        .put("partition", letter.source().partition())
        .put("offset", letter.source().offset())
        .put("index", letter.index())
        .put("appended", Instant.ofEpochMilli(letter.source().appendTimeMillis()).toString())
        .put("device", letter.deviceId())
        .put("channel", letter.channel())
        .put("bytes", letter.source().value().length);
  }
}
