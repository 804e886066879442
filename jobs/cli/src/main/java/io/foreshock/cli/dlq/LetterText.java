package io.foreshock.cli.dlq;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.foreshock.model.DeadLetter;
import io.foreshock.model.RawRecord;
import io.foreshock.proto.telemetry.v1.Measurement;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** One dead letter as text for the person who repairs it. */
final class LetterText {
  private static final int BYTES_IN_LINE = 16;
  private static final int MOST_BYTES = 4096;

  private LetterText() {}

  static String of(StoredLetter stored, Optional<Instant> replayed) {
    DeadLetter letter = stored.letter();
    RawRecord source = letter.source();
    StringBuilder text = new StringBuilder();
    line(text, "place", stored.id().toString());
    line(text, "reason", letter.reason().name());
    line(text, "detail", letter.detail());
    line(text, "tenant", source.tenant());
    line(text, "device", letter.deviceId());
    line(text, "channel", letter.channel());
    line(
        text,
        "about",
        letter.index() == DeadLetter.WHOLE_RECORD
            ? "the whole record"
            : "item " + letter.index() + " of the record; the rest has passed");
    line(text, "appended", Instant.ofEpochMilli(source.appendTimeMillis()).toString());
    line(text, "key", plainText(source.key()).orElseGet(() -> hex(source.key())));
    line(
        text,
        "bytes",
        stored.isCut()
            ? "%,d, of which the letter holds %,d"
                .formatted(stored.originalSize(), source.value().length)
            : "%,d".formatted(stored.originalSize()));
    line(text, "replayed", replayed.map(Instant::toString).orElse("no"));
    decoded(letter).ifPresent(message -> text.append("\ndecoded:\n").append(message));
    plainText(source.value())
        .ifPresent(value -> text.append("\ntext:\n").append(value).append('\n'));
    text.append("\nbytes:\n").append(dump(source.value()));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("%-9s %s%n".formatted(name, value));
    }
  }

  /**
   * The message, when its bytes are one. An item's bytes are a Measurement when it has a channel.
   */
  private static Optional<String> decoded(DeadLetter letter) {
    byte[] value = letter.source().value();
    try {
      Message message;
      if (letter.index() == DeadLetter.WHOLE_RECORD) {
        message = TelemetryMessage.parseFrom(value);
      } else if (!letter.channel().isEmpty()) {
        message = Measurement.parseFrom(value);
      } else {
        return Optional.empty();
      }
      String text = TextFormat.printer().printToString(message);
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** The bytes as text, when they are printable UTF-8. */
  private static Optional<String> plainText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean printable =
          text.chars()
              .noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r');
      return printable && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String dump(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int length = Math.min(bytes.length, MOST_BYTES);
    for (int from = 0; from < length; from += BYTES_IN_LINE) {
      StringBuilder letters = new StringBuilder();
      text.append("%06x ".formatted(from));
      for (int i = from; i < from + BYTES_IN_LINE; i++) {
        if (i < length) {
          text.append(" %02x".formatted(bytes[i]));
          letters.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        } else {
          text.append("   ");
        }
      }
      text.append("  ").append(letters).append('\n');
    }
    if (length < bytes.length) {
      text.append("… %,d more; --json writes all of them%n".formatted(bytes.length - length));
    }
    return text.toString();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
