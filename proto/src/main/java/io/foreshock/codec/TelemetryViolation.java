package io.foreshock.codec;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import io.foreshock.model.DeadLetter;
import io.foreshock.proto.telemetry.v1.TelemetryMessage;

/**
 * The first rule of the contract that a message breaks, in words. Asked only after {@link
 * TelemetryRules} refused: protovalidate looks at messages by reflection.
 *
 * @param reason what a dead letter about it is filed under
 * @param field path of the field, e.g. {@code measurements[3].channel}; empty for a rule about the
 *     whole message
 * @param detail rule and offending value, for the person who repairs it
 */
public record TelemetryViolation(DeadLetter.Reason reason, String field, String detail) {
  private static final int QUOTED_CHARACTERS = 80;

  /**
   * @throws IllegalStateException when the message breaks no rule
   */
  public static TelemetryViolation first(TelemetryMessage message) {
    ValidationResult result;
    try {
      result = Lazy.VALIDATOR.validate(message);
    } catch (ValidationException e) {
      throw new IllegalStateException("The rules of telemetry.proto cannot be evaluated", e);
    }
    if (result.isSuccess()) {
      throw new IllegalStateException(
          "TelemetryRules and telemetry.proto disagree: protovalidate accepts the message of device \""
              + message.getDeviceId()
              + "\"");
    }
    var first = result.getViolations().get(0);
    var violation = first.toProto();
    String field = path(violation.getField());
    Object value = first.getFieldValue() == null ? null : first.getFieldValue().getValue();
    DeadLetter.Reason reason = reason(violation.getRuleId(), value);
    StringBuilder detail = new StringBuilder();
    if (!field.isEmpty()) {
      detail.append(field).append(": ");
    }
    detail.append(violation.getMessage());
    if (value instanceof String text) {
      detail.append(", but is ").append(quote(text));
    } else if (value instanceof Number) {
      detail.append(", but is ").append(value);
    }
    return new TelemetryViolation(
        reason,
        field,
        detail.append(" (rule ").append(violation.getRuleId()).append(')').toString());
  }

  private static DeadLetter.Reason reason(String ruleId, Object value) {
    if (ruleId.equals("telemetry.identity") || ruleId.equals("enum.not_in") || isAbsent(value)) {
      return DeadLetter.Reason.MISSING_FIELD;
    }
    return ruleId.equals("enum.defined_only")
        ? DeadLetter.Reason.UNKNOWN_ENUM
        : DeadLetter.Reason.INVALID_FIELD;
  }

  /** In proto3 a field that was not sent reads as empty or zero. */
  private static boolean isAbsent(Object value) {
    return value instanceof String text
        ? text.isEmpty()
        : value instanceof Long number && number == 0;
  }

  private static String path(FieldPath path) {
    StringBuilder text = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      if (text.length() > 0) {
        text.append('.');
      }
      text.append(element.getFieldName());
      if (element.hasIndex()) {
        text.append('[').append(element.getIndex()).append(']');
      }
    }
    return text.toString();
  }

  /** Text of an unknown sender in quotes: short, and nothing that would break a line. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .limit(QUOTED_CHARACTERS)
        .map(c -> Character.isISOControl(c) ? '\uFFFD' : c)
        .forEach(quoted::appendCodePoint);
    return quoted
        .append(text.codePointCount(0, text.length()) > QUOTED_CHARACTERS ? "…\"" : "\"")
        .toString();
  }

  /**
   * Built on the first refusal: compiling the rules takes a moment. Native rules: the standard ones
   * without CEL, 20 times faster (see RATIONALE.md); a flood of bad messages must not stop a job.
   */
  private static final class Lazy {
    static final Validator VALIDATOR =
        ValidatorFactory.newBuilder()
            .withConfig(Config.newBuilder().setFailFast(true).setEnableNativeRules(true).build())
            .build();
  }
}
