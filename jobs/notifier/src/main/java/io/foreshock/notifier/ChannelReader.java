package io.foreshock.notifier;

import io.foreshock.notifier.ChannelOptions.MailTls;
import io.foreshock.notifier.ChannelOptions.Type;
import io.foreshock.notifier.channel.AlertmanagerChannel;
import io.foreshock.notifier.channel.Channel;
import io.foreshock.notifier.channel.Http;
import io.foreshock.notifier.channel.Link;
import io.foreshock.notifier.channel.MailChannel;
import io.foreshock.notifier.channel.PagerDutyChannel;
import io.foreshock.notifier.channel.Secret;
import io.foreshock.notifier.channel.WebhookChannel;
import io.foreshock.notifier.delivery.ChannelSettings;
import io.foreshock.notifier.delivery.Patience;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.security.SecretReference;
import io.foreshock.runtime.service.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Reads channels from their options; takes every problem before it gives up. */
final class ChannelReader {
  /** Stands for what is no address; an attempt to post to it fails and says so. */
  private static final URI NO_ADDRESS = URI.create("not-an-address");

  private final String name;
  private final ChannelOptions options;
  private final Settings values;
  private final Settings global;
  private final List<String> problems;
  private final Clock clock;

  /**
   * A channel that can be started.
   *
   * @param settings how pages go to it
   * @param channel where they go
   */
  record Configured(ChannelSettings settings, Channel channel) {}

  private ChannelReader(
      String name,
      ChannelOptions options,
      Settings values,
      Settings global,
      List<String> problems,
      Clock clock) {
    this.name = name;
    this.options = options;
    this.values = values;
    this.global = global;
    this.problems = problems;
    this.clock = clock;
  }

  /**
   * Every channel by its name; of one that is wrong only the name.
   *
   * @param problems takes what is wrong, each as one sentence
   */
  static Map<String, Configured> read(Settings global, List<String> problems, Clock clock) {
    Map<String, Configured> channels = new LinkedHashMap<>();
    Section.byName(NotifierOptions.CHANNELS, global.family(NotifierOptions.CHANNELS), problems)
        .forEach((name, keys) -> channels.put(name, channel(name, keys, global, problems, clock)));
    if (channels.isEmpty()) {
      problems.add(
          "There is no channel: nobody would be told anything. Set e.g. \"channels.mail.type: smtp\".");
    }
    return channels;
  }

  private static Configured channel(
      String name, Map<String, String> keys, Settings global, List<String> problems, Clock clock) {
    String prefix = NotifierOptions.CHANNELS + name + '.';
    Type type = type(keys.get("type"));
    if (type == null) {
      problems.add(
          "%stype must be one of alertmanager, webhook, pagerduty, smtp, but is \"%s\"."
              .formatted(prefix, keys.getOrDefault("type", "")));
      return null;
    }
    ChannelOptions options = new ChannelOptions(prefix, type);
    Settings values = Section.read(prefix, options.of(type), keys, problems);
    return values == null
        ? null
        : new ChannelReader(name, options, values, global, problems, clock).channel(type);
  }

  private static Type type(String text) {
    return Arrays.stream(Type.values())
        .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElse(null);
  }

  /** Null when a file or a secret is missing. */
  private Configured channel(Type type) {
    int before = problems.size();
    Link link = new Link(global.get(NotifierOptions.LINK));
    SSLContext tls = tls();
    Supplier<Http> http = () -> new Http(values.get(options.timeout), tls);
    Supplier<Channel> channel =
        switch (type) {
          case ALERTMANAGER -> alertmanager(http, link);
          case WEBHOOK -> webhook(http, link);
          case PAGERDUTY -> pagerDuty(http, link);
          case SMTP -> mail(link, tls);
        };
    return problems.size() > before ? null : new Configured(settings(), channel.get());
  }

  private ChannelSettings settings() {
    return new ChannelSettings(
        name,
        values.get(options.ratePerMinute),
        values.get(options.burst),
        values.get(options.concurrency),
        new Patience(
            values.get(options.firstDelay),
            values.get(options.longestDelay),
            values.get(options.giveUpAfter)),
        values.get(options.longestQuiet),
        values.get(options.staleAfter),
        values.get(options.staleMode),
        global.get(NotifierOptions.MOST_PENDING),
        global.get(NotifierOptions.COMMIT_INTERVAL));
  }

  private Supplier<Channel> alertmanager(Supplier<Http> http, Link link) {
    Map<String, String> labels = values.family(key(ChannelOptions.LABELS));
    labels
        .keySet()
        .forEach(
            label -> {
              if (!label.matches("[a-zA-Z_][a-zA-Z0-9_]*")) {
                problems.add(
                    "%s%s is no name of a label: letters, digits and underscores."
                        .formatted(key(ChannelOptions.LABELS), label));
              }
            });
    List<URI> urls = values.get(options.urls).stream().map(URI::create).toList();
    Secret token = secret(options.bearerToken.key(), values.get(options.bearerToken));
    Duration resend = values.get(options.resendInterval);
    return () -> new AlertmanagerChannel(http.get(), urls, token, labels, resend, link, clock);
  }

  private Supplier<Channel> webhook(Supplier<Http> http, Link link) {
    List<Secret> secrets =
        values.get(options.secrets).stream()
            .map(text -> secret(options.secrets.key(), text))
            .toList();
    Supplier<URI> target = url();
    return () -> new WebhookChannel(http.get(), target, secrets, link, clock);
  }

  private Supplier<Channel> pagerDuty(Supplier<Http> http, Link link) {
    Secret key = secret(options.routingKey.key(), values.get(options.routingKey));
    if (key == null) {
      problems.add(options.routingKey.key() + " is empty. Name where the integration key stands.");
    }
    Map<String, Secret> keys = new HashMap<>();
    values
        .family(key(ChannelOptions.ROUTING_KEYS))
        .forEach(
            (address, text) -> {
              Secret one = secret(key(ChannelOptions.ROUTING_KEYS) + address, text);
              if (one == null) {
                problems.add(
                    "%s%s must name where the key stands, as ${env:NAME} or ${file:/path}."
                        .formatted(key(ChannelOptions.ROUTING_KEYS), address));
              } else {
                keys.put(address, one);
              }
            });
    Supplier<URI> target = url();
    return () -> new PagerDutyChannel(http.get(), target.get(), key, keys, link);
  }

  private Supplier<Channel> mail(Link link, SSLContext tls) {
    String user = values.get(options.user);
    Secret password = secret(options.password.key(), values.get(options.password));
    if (user.isEmpty() != (password == null)) {
      problems.add(
          "%s and %s belong together. Set both or none."
              .formatted(options.user.key(), options.password.key()));
    }
    if (password != null && values.get(options.tls) == MailTls.NONE) {
      problems.add(
          "%s=none would send the password in the clear. Use starttls or tls."
              .formatted(options.tls.key()));
    }
    Properties properties = options.mailProperties(values, tls);
    return () ->
        new MailChannel(
            new MailChannel.Mailbox(
                properties,
                user,
                password,
                MailAddresses.read(values.get(options.from)),
                values.get(options.to).stream().map(MailAddresses::read).toList()),
            link);
  }

  /** Read at each attempt when the address itself is a secret. */
  private Supplier<URI> url() {
    String text = values.get(options.url);
    Secret secret = Secret.parse(text).isPresent() ? secret(options.url.key(), text) : null;
    if (secret == null) {
      return () -> URI.create(text);
    }
    return () -> {
      try {
        return URI.create(secret.read());
      } catch (IllegalArgumentException e) {
        // The exception would show the address.
        return NO_ADDRESS;
      }
    };
  }

  /** Read once, so that a missing one is told at the start; null when none is named. */
  private Secret secret(String key, String text) {
    Secret secret = Secret.parse(text).orElse(null);
    if (secret != null) {
      try {
        secret.read();
      } catch (SecretReference.Missing e) {
        problems.add(key + ": " + e.getMessage());
      }
    }
    return secret;
  }

  private SSLContext tls() {
    String file = values.get(options.caFile);
    if (file.isEmpty()) {
      return null;
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, TlsFiles.authorities(Path.of(file)).getTrustManagers(), null);
      return context;
    } catch (IllegalArgumentException e) {
      problems.add(options.caFile.key() + ": " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no TLS.", e);
    }
    return null;
  }

  private String key(String rest) {
    return NotifierOptions.CHANNELS + name + '.' + rest;
  }
}
