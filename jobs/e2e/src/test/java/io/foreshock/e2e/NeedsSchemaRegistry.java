package io.foreshock.e2e;

import io.foreshock.local.LocalSchemaRegistry;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests where Maven did not bring a schema registry; in continuous integration they fail. */
final class NeedsSchemaRegistry implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return LocalSchemaRegistry.missing()
        .filter(missing -> !"true".equals(System.getenv("CI")))
        .map(ConditionEvaluationResult::disabled)
        .orElse(ConditionEvaluationResult.enabled("The schema registry is there, or must be"));
  }
}
