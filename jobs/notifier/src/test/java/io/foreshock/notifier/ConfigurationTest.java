package io.foreshock.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.channel.Page;
import io.foreshock.runtime.StartRefused;
import io.foreshock.runtime.config.CommandLine;
import io.foreshock.runtime.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  private final Map<String, String> options = new LinkedHashMap<>();

  ConfigurationTest() {
    with("kafka.bootstrap-servers", "broker-1:9092").with("default-channels", "mail");
    with("channels.mail.type", "smtp")
        .with("channels.mail.host", "mail.plant.example")
        .with("channels.mail.from", "foreshock@plant.example");
  }

  private ConfigurationTest with(String key, String value) {
    options.put(key, value);
    return this;
  }

  private Settings settings() {
    return Settings.read(
        NotifierOptions.ALL, new CommandLine(List.of(), options, false, false, List.of()));
  }

  private List<String> problems() {
    try {
      Notifier.start(settings());
    } catch (StartRefused refused) {
      return refused.problems();
    }
    throw new AssertionError("started");
  }

  @Test
  void saysAllThatIsWrongInOneAnswer() {
    with("channels.pd.type", "pagerduty").with("channels.pd.routing-key", "R0123456789");
    with("channels.hook.type", "webhook")
        .with("channels.hook.url", "ftp://x")
        .with("channels.hook.secret", "${env:NOT_THERE}");
    with("channels.ops.type", "alertmanager")
        .with("channels.ops.timeout", "10")
        .with("channels.ops.urlz", "http://am:9093");
    with("channels.pager.type", "beeper");
    with("routes.night.severities", "critical, terrible").with("routes.night.channels", "mail");
    with("routes.day.channels", "mail, sms");
    with("routes.lost", "x");
    with("default-channels", "email");

    List<String> problems = problems();
    assertThat(String.join("\n", problems))
        .contains("channels.pd.routing-key must name the environment variable or the file")
        .contains("but is \"******\"")
        .doesNotContain("R0123456789")
        .contains("channels.hook.url must begin with http:// or https://")
        .contains("channels.ops.timeout must be a duration with its unit")
        .contains("Unknown option \"channels.ops.urlz\". Did you mean \"channels.ops.urls\"?")
        .contains("channels.ops.urls is required")
        .contains(
            "channels.pager.type must be one of alertmanager, webhook, pagerduty, smtp, but is \"beeper\".")
        .contains(
            "routes.night.severities must be of watch, warning, critical, but is \"critical, terrible\"")
        .contains(
            "routes.day.channels names channel \"sms\", which is not configured. Channels are hook, mail, ops, pager, pd.")
        .contains("Option \"routes.lost\" names no key. Use e.g. \"routes.lost.channels\".")
        .contains("default-channels names channel \"email\"")
        .doesNotContain("command line");
  }

  @Test
  void saysWhichSecretIsNotThere() {
    with("channels.mail.user", "foreshock")
        .with("channels.mail.password", "${env:NOT_THERE_EITHER}");
    assertThat(problems())
        .containsExactly(
            "channels.mail.password: The environment variable NOT_THERE_EITHER is not set in this process. Set it, or"
                + " use ${file:/path}.");
  }

  @Test
  void sendsNoPasswordInTheClear() {
    with("channels.mail.user", "foreshock")
        .with("channels.mail.password", "${file:" + Notifiers.secret("x") + "}")
        .with("channels.mail.tls", "none");
    assertThat(problems())
        .containsExactly(
            "channels.mail.tls=none would send the password in the clear. Use starttls or tls.");
  }

  @Test
  void wantsToBeToldOfDefaultChannels() {
    options.remove("default-channels");
    assertThatThrownBy(this::settings).hasMessageContaining("default-channels is required");
  }

  @Test
  void sendsToRecipientsThatAreChannelsAndAddsRoutes() {
    Map<String, String> family = new LinkedHashMap<>();
    family.put("night.severities", "critical");
    family.put("night.tenants", "acme");
    family.put("night.channels", "pd");
    family.put("team.recipients", "pump-team");
    family.put("team.channels", "mail");
    List<String> problems = new ArrayList<>();
    Routes routes =
        Routes.read(family, Set.of("mail", "pd", "hook", "ops"), List.of("ops"), problems);
    assertThat(problems).isEmpty();

    Page warning = Pages.of(Page.Kind.PAGE, Severity.WARNING);
    assertThat(routes.of(warning))
        .as("nobody is named")
        .containsExactly(Map.entry("ops", List.of()));
    assertThat(routes.of(named(warning, "nobody-knows"))).containsOnlyKeys("ops");
    assertThat(routes.of(named(warning, "hook")))
        .containsExactly(Map.entry("hook", List.of("a@b.example")));
    assertThat(routes.of(named(warning, "pump-team")))
        .as("the address goes along")
        .containsExactly(Map.entry("mail", List.of("a@b.example")));
    Page critical = Pages.of(Page.Kind.PAGE, Severity.CRITICAL);
    assertThat(routes.of(critical)).containsOnlyKeys("pd");
    assertThat(routes.of(named(critical, "hook"))).containsOnlyKeys("pd", "hook");
    assertThat(routes.select("mail", named(warning, "pump-team")).orElseThrow().addresses())
        .containsExactly("a@b.example");
    assertThat(routes.select("hook", warning)).isEmpty();
  }

  @Test
  void sendsTheEndWhereverAPageOfAnySeverityWent() {
    Map<String, String> family = new LinkedHashMap<>();
    family.put("night.severities", "critical");
    family.put("night.channels", "pd");
    List<String> problems = new ArrayList<>();
    Routes routes = Routes.read(family, Set.of("mail", "pd"), List.of("mail"), problems);

    assertThat(routes.of(Pages.of(Page.Kind.PAGE, Severity.CRITICAL))).containsOnlyKeys("pd");
    assertThat(routes.of(Pages.of(Page.Kind.PAGE, Severity.WARNING))).containsOnlyKeys("mail");
    for (Page.Kind kind : List.of(Page.Kind.UPDATE, Page.Kind.ACKNOWLEDGED, Page.Kind.RESOLVED)) {
      assertThat(routes.of(Pages.of(kind, Severity.WARNING)))
          .as("was critical once, or never")
          .containsOnlyKeys("pd", "mail");
    }

    family.put("all.channels", "pd");
    assertThat(
            Routes.read(family, Set.of("mail", "pd"), List.of("mail"), problems)
                .of(Pages.of(Page.Kind.RESOLVED, Severity.WARNING)))
        .as("no page ever goes to the default channels")
        .containsOnlyKeys("pd");
  }

  private static Page named(Page page, String recipient) {
    return new Page(
        page.id(),
        page.dedupKey(),
        page.kind(),
        page.subject(),
        page.severity(),
        List.of(new Page.Recipient(recipient, "a@b.example")),
        List.of(),
        page.createdMillis(),
        page.seenMillis(),
        page.title(),
        page.text(),
        page.late());
  }
}
