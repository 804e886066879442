package io.foreshock.alerts;

import io.foreshock.operators.alerts.AlertRules;
import io.foreshock.operators.alerts.EscalationPolicy;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How the pipeline behaves; says nothing about where records come from or go to.
 *
 * @param rules how alerts live, escalation policies included
 */
public record AlertsConfig(AlertRules rules) {

  /**
   * Reads the values, and the files of policies that they name.
   *
   * @throws StartRefused naming everything that is wrong in the files
   */
  public static AlertsConfig from(Settings settings) {
    List<String> problems = new ArrayList<>();
    List<EscalationPolicy> policies =
        EscalationFiles.read(settings.get(AlertsOptions.ESCALATION), problems);
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new AlertsConfig(
        new AlertRules(
            settings.get(AlertsOptions.DISORDER),
            settings.get(AlertsOptions.EXPIRE_AFTER),
            settings.get(AlertsOptions.STEP_DOWN_AFTER),
            settings.get(AlertsOptions.FLAP_COUNT),
            settings.get(AlertsOptions.FLAP_WINDOW),
            settings.get(AlertsOptions.FORGET_AFTER),
            settings.get(AlertsOptions.PAGE_MAX_AGE),
            settings.get(AlertsOptions.START_GRACE),
            settings.get(AlertsOptions.MAX_PER_ASSET),
            Set.copyOf(settings.get(AlertsOptions.DOWN_FAILURE_MODES)),
            settings.get(AlertsOptions.RELEASE_AFTER),
            new AlertRules.Storm(
                settings.get(AlertsOptions.STORM_GROUP),
                settings.get(AlertsOptions.STORM_WINDOW),
                settings.get(AlertsOptions.STORM_LONGEST_WINDOW)),
            policies));
  }
}
