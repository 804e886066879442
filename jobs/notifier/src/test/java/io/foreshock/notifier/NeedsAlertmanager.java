package io.foreshock.notifier;

import io.foreshock.local.LocalAlertmanager;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests on a machine without Alertmanager; in continuous integration they fail. */
final class NeedsAlertmanager implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return LocalAlertmanager.missing()
        .filter(missing -> !"true".equals(System.getenv("CI")))
        .map(ConditionEvaluationResult::disabled)
        .orElse(ConditionEvaluationResult.enabled("Alertmanager is there, or must be"));
  }
}
