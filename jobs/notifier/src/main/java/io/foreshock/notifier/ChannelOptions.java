package io.foreshock.notifier;

import io.foreshock.notifier.channel.Secret;
import io.foreshock.notifier.delivery.ChannelSettings.StaleMode;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;

/** Keys of one channel; which there are depends on its type. */
final class ChannelOptions {
  static final String LABELS = "labels.";
  static final String ROUTING_KEYS = "routing-keys.";

  /** What a channel speaks. */
  enum Type {
    ALERTMANAGER,
    WEBHOOK,
    PAGERDUTY,
    SMTP
  }

  /** Encryption of mail connections. */
  enum MailTls {
    STARTTLS,
    TLS,
    NONE
  }

  final Option<Type> type;
  final Option<Integer> ratePerMinute;
  final Option<Integer> burst;
  final Option<Integer> concurrency;
  final Option<Duration> timeout;
  final Option<Duration> firstDelay;
  final Option<Duration> longestDelay;
  final Option<Duration> giveUpAfter;
  final Option<Duration> longestQuiet;
  final Option<Duration> staleAfter;
  final Option<StaleMode> staleMode;

  final Option<List<String>> urls;
  final Option<String> url;
  final Option<Duration> resendInterval;
  final Option<String> bearerToken;
  final Option<List<String>> secrets;
  final Option<String> routingKey;
  final Option<String> caFile;

  final Option<String> host;
  final Option<Integer> port;
  final Option<MailTls> tls;
  final Option<String> user;
  final Option<String> password;
  final Option<String> from;
  final Option<List<String>> to;

  private final String prefix;

  ChannelOptions(String prefix, Type kind) {
    this.prefix = prefix;
    type = Option.oneOf(prefix + "type", "What the channel speaks.", Type.class);
    ratePerMinute =
        Option.wholeNumber(prefix + "rate-per-minute", "Attempts per minute on average.")
            .withDefault(120)
            .must("be positive", n -> n > 0);
    burst =
        Option.wholeNumber(prefix + "burst", "Attempts at once after quiet.")
            .withDefault(20)
            .must("be positive", n -> n > 0);
    concurrency =
        Option.wholeNumber(prefix + "concurrency", "Attempts beside each other.")
            .withDefault(4)
            .must("be between 1 and 64", n -> n >= 1 && n <= 64);
    timeout = positive("timeout", "For one attempt.", Duration.ofSeconds(10));
    firstDelay = positive("retry.first-delay", "Wait, then doubled.", Duration.ofSeconds(1));
    longestDelay = positive("retry.longest-delay", "Longest wait.", Duration.ofMinutes(1));
    giveUpAfter = positive("retry.give-up-after", "Then a dead letter.", Duration.ofHours(1));
    longestQuiet =
        positive("retry.longest-quiet", "Of what Retry-After asks.", Duration.ofMinutes(15));
    staleAfter = positive("stale.after", "No longer fresh.", Duration.ofMinutes(15));
    staleMode =
        Option.oneOf(prefix + "stale.mode", "What then.", StaleMode.class)
            .withDefault(StaleMode.MARK);
    urls =
        Option.list(prefix + "urls", "Base addresses of all Alertmanagers of a cluster.")
            .withExample("http://alertmanager:9093")
            .must(
                "be addresses that begin with http:// or https://",
                list -> !list.isEmpty() && list.stream().allMatch(ChannelOptions::isHttp));
    Option<String> address =
        Option.text(prefix + "url", "Address that pages are posted to.")
            .must(
                "begin with http:// or https://, or say where the address stands, as ${env:NAME} or ${file:/path}",
                text -> isHttp(text) || Secret.parse(text).isPresent());
    url =
        kind == Type.PAGERDUTY
            ? address.withDefault("https://events.pagerduty.com/v2/enqueue")
            : address.withExample("https://receiver.plant.example/foreshock");
    resendInterval =
        positive("resend-interval", "How often open alerts are sent again.", Duration.ofMinutes(1));
    bearerToken = secret("bearer-token", "Sent as Authorization.").withDefault("");
    secrets =
        Option.list(prefix + "secret", "Signs pages; two while one is changed.")
            .withExample("${file:/etc/foreshock/webhook-secret}")
            .must(
                SECRET_RULE,
                list ->
                    !list.isEmpty()
                        && list.stream().allMatch(text -> Secret.parse(text).isPresent()));
    routingKey = secret("routing-key", "Integration key of the PagerDuty service.");
    caFile =
        Option.text(prefix + "tls.ca-file", "PEM file of authorities; empty: Java's own.")
            .withDefault("");
    host = Option.text(prefix + "host", "Mail server.").withExample("mail.plant.example");
    port =
        Option.wholeNumber(prefix + "port", "Its port; 587 is usual for starttls, 465 for tls.")
            .withDefault(587)
            .must("be between 1 and 65535", n -> n >= 1 && n <= 65_535);
    tls =
        Option.oneOf(prefix + "tls", "How the connection is encrypted.", MailTls.class)
            .withDefault(MailTls.STARTTLS);
    user = Option.text(prefix + "user", "User; empty: no login.").withDefault("");
    password = secret("password", "The user's password.").withDefault("");
    from =
        Option.text(prefix + "from", "Sender.")
            .withExample("foreshock@plant.example")
            .must("be a mail address", MailAddresses::isOne);
    to =
        Option.list(prefix + "to", "Receivers of pages that name none.")
            .withDefault(List.of())
            .must("be mail addresses", list -> list.stream().allMatch(MailAddresses::isOne));
  }

  private static final String SECRET_RULE =
      "name the environment variable or the file that holds it, as ${env:NAME} or ${file:/path}; a secret itself never"
          + " stands here (if one did, change it)";

  private Option<String> secret(String key, String description) {
    return Option.text(prefix + key, description)
        .withExample("${file:/etc/foreshock/" + key + "}")
        .must(SECRET_RULE, text -> text.isBlank() || Secret.parse(text).isPresent());
  }

  private Option<Duration> positive(String key, String description, Duration usual) {
    return Option.duration(prefix + key, description)
        .withDefault(usual)
        .must("be positive", NotifierOptions::isPositive);
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = URI.create(text);
      return List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  /** The keys that a type has. */
  Options of(Type kind) {
    List<Option<?>> options = new ArrayList<>(common());
    Options all;
    switch (kind) {
      case ALERTMANAGER -> {
        options.addAll(List.of(urls, resendInterval, bearerToken, caFile));
        all = new Options(options).family(prefix + LABELS, "Labels of every alert.");
      }
      case WEBHOOK -> {
        options.addAll(List.of(url, secrets, caFile));
        all = new Options(options);
      }
      case PAGERDUTY -> {
        options.addAll(List.of(url, routingKey, caFile));
        all = new Options(options).family(prefix + ROUTING_KEYS, "Keys by address.");
      }
      case SMTP -> {
        options.addAll(List.of(host, port, tls, user, password, from, to, caFile));
        all = new Options(options);
      }
      default -> throw new IllegalArgumentException(kind.name());
    }
    return all;
  }

  /** Properties of Jakarta Mail. */
  Properties mailProperties(Settings values, SSLContext context) {
    String millis = String.valueOf(values.get(timeout).toMillis());
    Properties properties = new Properties();
    properties.put("mail.smtp.host", values.get(host));
    properties.put("mail.smtp.port", String.valueOf(values.get(port)));
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    // The addresses that a server takes get the page, whatever it says about others.
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.enable", String.valueOf(values.get(tls) == MailTls.TLS));
    String startTls = String.valueOf(values.get(tls) == MailTls.STARTTLS);
    properties.put("mail.smtp.starttls.enable", startTls);
    properties.put("mail.smtp.starttls.required", startTls);
    properties.put("mail.smtp.auth", String.valueOf(!values.get(user).isEmpty()));
    if (context != null) {
      properties.put("mail.smtp.ssl.socketFactory", context.getSocketFactory());
    }
    return properties;
  }

  private List<Option<?>> common() {
    return List.of(
        type,
        ratePerMinute,
        burst,
        concurrency,
        timeout,
        firstDelay,
        longestDelay,
        giveUpAfter,
        longestQuiet,
        staleAfter,
        staleMode);
  }
}
