package io.foreshock.sessions;

import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.sessions.SessionCatalogue;
import io.foreshock.operators.sessions.SessionRule;
import io.foreshock.operators.sessions.SessionRules;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the pipeline behaves; says nothing about where records come from or go to.
 *
 * @param rules what a session is and how long it is remembered
 */
public record SessionsConfig(SessionRules rules) {

  /**
   * Reads the values, and the files that they name.
   *
   * @throws StartRefused naming everything that is wrong in the files
   */
  public static SessionsConfig from(Settings settings) {
    List<String> problems = new ArrayList<>();
    ChannelRegistry channels =
        ChannelCatalogue.load(settings.get(SessionsOptions.CHANNELS), problems);
    List<SessionRule> rules =
        SessionCatalogue.load(settings.get(SessionsOptions.RULES), channels, problems);
    Duration horizon = settings.get(SessionsOptions.HORIZON);
    Duration forgetAfter = settings.get(SessionsOptions.FORGET_AFTER);
    if (forgetAfter.compareTo(horizon) < 0) {
      problems.add(
          "assets.forget-after must not be below sessions.horizon, but is %s h, and the horizon is %s h. Raise the first or lower the second."
              .formatted(forgetAfter.toMinutes() / 60.0, horizon.toMinutes() / 60.0));
    }
    for (SessionRule rule : rules) {
      outlives(horizon, rule, "gap", rule.gap(), problems);
      outlives(horizon, rule, "silentAfter", rule.silentAfter(), problems);
    }
    if (!problems.isEmpty()) {
      throw new StartRefused(problems);
    }
    return new SessionsConfig(
        new SessionRules(
            rules,
            horizon,
            settings.get(SessionsOptions.CORRECTION_DELAY),
            settings.get(SessionsOptions.MAX_REMEMBERED),
            forgetAfter));
  }

  private static void outlives(
      Duration horizon, SessionRule rule, String key, Duration value, List<String> problems) {
    if (horizon.compareTo(value) <= 0) {
      problems.add(
          "sessions.horizon must exceed %s of the rule \"%s\", but is %s h, and %s is %s h. Raise the first or lower the second."
              .formatted(
                  key, rule.name(), horizon.toMinutes() / 60.0, key, value.toMinutes() / 60.0));
    }
  }
}
