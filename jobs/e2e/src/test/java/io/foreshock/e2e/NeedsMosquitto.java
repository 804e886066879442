package io.foreshock.e2e;

import io.foreshock.local.LocalMosquitto;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests on a machine without an MQTT broker; in continuous integration they fail. */
final class NeedsMosquitto implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return LocalMosquitto.missing()
        .filter(missing -> !"true".equals(System.getenv("CI")))
        .map(ConditionEvaluationResult::disabled)
        .orElse(ConditionEvaluationResult.enabled("Mosquitto is there, or must be"));
  }
}
