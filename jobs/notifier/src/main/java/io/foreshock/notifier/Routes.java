package io.foreshock.notifier;

import io.foreshock.model.Detection.Severity;
import io.foreshock.notifier.channel.Page;
import io.foreshock.runtime.config.Option;
import io.foreshock.runtime.config.Options;
import io.foreshock.runtime.config.Settings;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Which pages go to which channels. A recipient that has the name of a channel means it; routes add
 * channels to pages that meet all their conditions; what then has none goes to the default
 * channels.
 *
 * <p>What follows a page (an update, that somebody takes care, the end) goes wherever a page of any
 * severity would go: the severity may have fallen since, and whoever was woken must hear the end.
 */
final class Routes {
  private static final Set<Page.Kind> FOLLOWING =
      EnumSet.of(Page.Kind.UPDATE, Page.Kind.ACKNOWLEDGED, Page.Kind.RESOLVED);

  private final Set<String> channels;
  private final List<Route> routes;
  private final List<String> usual;

  /**
   * One route; an empty condition holds for every page.
   *
   * @param recipients names, one of which a page must have
   * @param channels where to
   */
  private record Route(
      Set<String> tenants,
      Set<String> severities,
      Set<String> recipients,
      Set<String> kinds,
      Set<String> sites,
      Set<String> channels) {

    boolean holds(Page page, Severity severity) {
      return isIn(tenants, page.tenant())
          && isIn(severities, word(severity))
          && isIn(kinds, word(page.kind()))
          && isIn(sites, page.subject().site())
          && (recipients.isEmpty()
              || page.recipients().stream().anyMatch(to -> recipients.contains(to.channel())));
    }

    private static boolean isIn(Set<String> condition, String value) {
      return condition.isEmpty() || condition.contains(value);
    }
  }

  private Routes(Set<String> channels, List<Route> routes, List<String> usual) {
    this.channels = Set.copyOf(channels);
    this.routes = List.copyOf(routes);
    this.usual = List.copyOf(usual);
  }

  /**
   * Reads routes.
   *
   * @param channels names of all channels
   * @param usual channels of what no route is about
   * @param problems takes everything that is wrong, each as one sentence
   */
  static Routes read(
      Map<String, String> family, Set<String> channels, List<String> usual, List<String> problems) {
    List<Route> routes = new ArrayList<>();
    Section.byName(NotifierOptions.ROUTES, family, problems)
        .forEach((name, values) -> route(name, values, channels, problems).ifPresent(routes::add));
    unknown(NotifierOptions.DEFAULT_CHANNELS.key(), usual, channels, problems);
    return new Routes(channels, routes, usual);
  }

  private static Optional<Route> route(
      String name, Map<String, String> values, Set<String> channels, List<String> problems) {
    String prefix = NotifierOptions.ROUTES + name + '.';
    Option<List<String>> tenants =
        condition(prefix, "tenants", "Tenants.", TenantTopic::isTenant, "be names of tenants");
    Option<List<String>> severities = words(prefix, "severities", Severity.class);
    Option<List<String>> kinds = words(prefix, "kinds", Page.Kind.class);
    Option<List<String>> recipients =
        condition(prefix, "recipients", "Names of recipients.", text -> true, "be names");
    Option<List<String>> sites = condition(prefix, "sites", "Sites.", text -> true, "be names");
    Option<List<String>> to =
        Option.list(prefix + "channels", "Channels that get the pages.").withExample("mail");
    Settings settings =
        Section.read(
            prefix,
            new Options(List.of(tenants, severities, kinds, recipients, sites, to)),
            values,
            problems);
    if (settings == null) {
      return Optional.empty();
    }
    unknown(to.key(), settings.get(to), channels, problems);
    return Optional.of(
        new Route(
            Set.copyOf(settings.get(tenants)),
            Set.copyOf(settings.get(severities)),
            Set.copyOf(settings.get(recipients)),
            Set.copyOf(settings.get(kinds)),
            Set.copyOf(settings.get(sites)),
            Set.copyOf(settings.get(to))));
  }

  private static Option<List<String>> condition(
      String prefix, String key, String meaning, Predicate<String> isOne, String rule) {
    return Option.list(prefix + key, meaning)
        .withDefault(List.of())
        .must(rule, list -> list.stream().allMatch(isOne));
  }

  private static <E extends Enum<E>> Option<List<String>> words(
      String prefix, String key, Class<E> type) {
    List<String> known = Arrays.stream(type.getEnumConstants()).map(Routes::word).toList();
    return condition(
        prefix, key, "Of these.", known::contains, "be of " + String.join(", ", known));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void unknown(
      String key, List<String> named, Set<String> channels, List<String> problems) {
    for (String channel : named) {
      if (!channels.contains(channel)) {
        problems.add(
            "%s names channel \"%s\", which is not configured. Channels are %s."
                .formatted(
                    key,
                    channel,
                    channels.isEmpty() ? "none" : String.join(", ", new TreeSet<>(channels))));
      }
    }
  }

  /** Channels of a page, each with the addresses that the page names for it. */
  Map<String, List<String>> of(Page page) {
    Map<String, Set<String>> found = new LinkedHashMap<>();
    for (Page.Recipient to : page.recipients()) {
      if (channels.contains(to.channel())) {
        add(found, to.channel(), to.address());
      }
    }
    boolean named = !found.isEmpty();
    for (Severity severity :
        FOLLOWING.contains(page.kind())
            ? EnumSet.allOf(Severity.class)
            : EnumSet.of(page.severity())) {
      boolean routed = false;
      for (Route route : routes) {
        if (route.holds(page, severity)) {
          routed = true;
          add(found, route, page);
        }
      }
      if (!named && !routed) {
        usual.forEach(channel -> add(found, channel, ""));
      }
    }
    Map<String, List<String>> addresses = new LinkedHashMap<>();
    found.forEach((channel, some) -> addresses.put(channel, List.copyOf(some)));
    return addresses;
  }

  private static void add(Map<String, Set<String>> found, Route route, Page page) {
    for (String channel : route.channels()) {
      add(found, channel, "");
      page.recipients().stream()
          .filter(to -> route.recipients().contains(to.channel()))
          .forEach(to -> add(found, channel, to.address()));
    }
  }

  private static void add(Map<String, Set<String>> found, String channel, String address) {
    Set<String> addresses = found.computeIfAbsent(channel, name -> new LinkedHashSet<>());
    if (!address.isEmpty()) {
      addresses.add(address);
    }
  }

  /** The page as it is for one channel; empty when it is not. */
  Optional<Page> select(String channel, Page page) {
    return Optional.ofNullable(of(page).get(channel)).map(page::to);
  }
}
