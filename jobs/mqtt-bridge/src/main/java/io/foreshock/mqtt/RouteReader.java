package io.foreshock.mqtt;

import io.foreshock.mqtt.Route.ChannelField;
import io.foreshock.mqtt.Route.JsonFields;
import io.foreshock.runtime.kafka.TenantTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads one route from its options; takes every problem before it gives up. */
final class RouteReader {
  private static final String PREFIX = MqttBridgeOptions.ROUTES;
  private static final String MEASUREMENTS = "measurements.";
  private static final String ARRIVAL = "$arrival";
  private static final Set<String> KEYS =
      Set.of(
          "topic",
          "tenant",
          "tenants",
          "device",
          "asset",
          "asset-class",
          "payload",
          "samples",
          "time",
          "time-unit",
          "boot",
          "sequence",
          "message-id",
          "measurements-in",
          "fault-codes");
  private static final Set<String> JSON_ONLY =
      Set.of(
          "samples",
          "time",
          "time-unit",
          "boot",
          "sequence",
          "message-id",
          "measurements-in",
          "fault-codes");

  private final String name;
  private final Map<String, String> values;
  private final List<String> problems;

  private RouteReader(String name, Map<String, String> values, List<String> problems) {
    this.name = name;
    this.values = values;
    this.problems = problems;
  }

  /**
   * Every route.
   *
   * @param options values by key, without the prefix {@code routes.}
   * @param problems takes what is wrong, each as one sentence
   */
  static List<Route> read(Map<String, String> options, List<String> problems) {
    Map<String, Map<String, String>> byName = new TreeMap<>();
    options.forEach(
        (key, value) -> {
          int dot = key.indexOf('.');
          if (dot <= 0) {
            problems.add(
                "Option \"" + PREFIX + key + "\" names no key of a route. Use e.g. " + EXAMPLE);
          } else {
            byName
                .computeIfAbsent(key.substring(0, dot), n -> new TreeMap<>())
                .put(key.substring(dot + 1), value.trim());
          }
        });
    if (byName.isEmpty() && problems.isEmpty()) {
      problems.add("There is no route: nothing would be forwarded. Set e.g. " + EXAMPLE);
    }
    List<Route> routes = new ArrayList<>();
    byName.forEach(
        (name, values) -> {
          Route route = new RouteReader(name, values, problems).route();
          if (route != null) {
            routes.add(route);
          }
        });
    for (int i = 0; i < routes.size(); i++) {
      for (int j = i + 1; j < routes.size(); j++) {
        if (routes.get(i).topic().overlaps(routes.get(j).topic())) {
          problems.add(
              "Routes \"%s\" (%s) and \"%s\" (%s) can match the same topic. Make their topics differ in a level."
                  .formatted(
                      routes.get(i).name(),
                      routes.get(i).topic(),
                      routes.get(j).name(),
                      routes.get(j).topic()));
        }
      }
    }
    return routes;
  }

  private static final String EXAMPLE =
      "\"routes.climate.topic: plants/{tenant}/{asset}/{device}/telemetry\" and"
          + " \"routes.climate.tenants: acme\".";

  /** The route; null when something is wrong. */
  private Route route() {
    int before = problems.size();
    checkKeys();
    TopicPattern topic = take("topic", TopicPattern::parse);
    if (!values.containsKey("topic")) {
      problem("topic", "is required, e.g. \"plants/{tenant}/{asset}/{device}/telemetry\"");
    }
    Set<String> tenants = tenants(topic);
    Template device = identity("device", topic, "{device}");
    Template asset =
        values.containsKey("asset") || topic != null && topic.names().contains("asset")
            ? identity("asset", topic, "{asset}")
            : null;
    String assetClass = values.getOrDefault("asset-class", "");
    if (!assetClass.isEmpty() && !assetClass.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      problem(
          "asset-class",
          "must be lower case letters, digits and dashes, but is \"" + assetClass + '"');
    }
    JsonFields json = payload();
    return problems.size() > before
        ? null
        : new Route(name, topic, values.get("tenant"), tenants, device, asset, assetClass, json);
  }

  private void checkKeys() {
    if (!name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?")) {
      problems.add(
          "A route's name must be lower case letters, digits and dashes, but is \"" + name + "\".");
    }
    for (String key : values.keySet()) {
      if (!KEYS.contains(key) && !key.startsWith(MEASUREMENTS)) {
        problem(
            key,
            "is unknown; known are "
                + String.join(", ", new TreeSet<>(KEYS))
                + " and measurements.<channel>");
      }
    }
  }

  /** Tenants that the topic may name. The payload is never asked. */
  private Set<String> tenants(TopicPattern topic) {
    Set<String> tenants =
        new LinkedHashSet<>(
            Arrays.stream(values.getOrDefault("tenants", "").split(","))
                .map(String::trim)
                .filter(tenant -> !tenant.isEmpty())
                .toList());
    String fixed = values.get("tenant");
    boolean named = topic != null && topic.names().contains(Route.TENANT);
    if (fixed != null && (named || !tenants.isEmpty())) {
      problem(
          "tenant",
          "is given, so the topic must not name {tenant} and there must be no list of tenants");
    } else if (fixed == null && topic != null && !named) {
      problem("tenant", "is required, because topic \"" + topic + "\" names no {tenant}");
    } else if (fixed == null && tenants.isEmpty() && topic != null) {
      problem(
          "tenants",
          "is required: a list of the tenants that {tenant} may name, because whoever may publish"
              + " would otherwise choose the tenant");
    }
    List<String> all = new ArrayList<>(tenants);
    if (fixed != null) {
      all.add(fixed);
    }
    for (String tenant : all) {
      if (!TenantTopic.isTenant(tenant)) {
        problem(
            fixed == null ? "tenants" : "tenant",
            "must be lower case letters, digits and dashes, but is \"" + tenant + '"');
      }
    }
    return tenants;
  }

  private Template identity(String key, TopicPattern topic, String usual) {
    Template template = new Template(values.getOrDefault(key, usual));
    if (topic != null) {
      for (String needed : template.names()) {
        if (!topic.names().contains(needed)) {
          problem(key, "needs {%s}, which topic \"%s\" does not name".formatted(needed, topic));
        }
      }
    }
    return template;
  }

  private JsonFields payload() {
    String payload = values.getOrDefault("payload", "json");
    return switch (payload) {
      case "json" -> json();
      case "protobuf" -> {
        for (String key : values.keySet()) {
          if (JSON_ONLY.contains(key) || key.startsWith(MEASUREMENTS)) {
            problem(key, "is about JSON, but the payload is protobuf");
          }
        }
        yield null;
      }
      default -> {
        problem("payload", "must be json or protobuf, but is \"" + payload + '"');
        yield null;
      }
    };
  }

  private JsonFields json() {
    boolean arrival = ARRIVAL.equals(values.get("time"));
    FieldPath boot = take("boot", FieldPath::parse);
    FieldPath sequence = take("sequence", FieldPath::parse);
    if ((boot == null) != (sequence == null)) {
      problem(
          boot == null ? "sequence" : "boot",
          "needs "
              + (boot == null ? "boot" : "sequence")
              + " as well: a counter that starts anew would otherwise look like repeats");
    }
    return new JsonFields(
        take("samples", FieldPath::parse),
        arrival ? null : usually("time", "time"),
        arrival,
        timeUnit(),
        boot,
        sequence,
        take("message-id", FieldPath::parse),
        channels(),
        usually("measurements-in", "measurements"),
        take("fault-codes", FieldPath::parse));
  }

  private long timeUnit() {
    String unit = values.getOrDefault("time-unit", "ms");
    if (unit.equals("s")) {
      return 1000;
    }
    if (!unit.equals("ms")) {
      problem("time-unit", "must be ms or s, but is \"" + unit + '"');
    }
    return 1;
  }

  private List<ChannelField> channels() {
    Map<String, Map<String, String>> byChannel = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(MEASUREMENTS)) {
            String rest = key.substring(MEASUREMENTS.length());
            int dot = rest.indexOf('.');
            byChannel
                .computeIfAbsent(dot < 0 ? rest : rest.substring(0, dot), c -> new TreeMap<>())
                .put(dot < 0 ? "field" : rest.substring(dot + 1), value);
          }
        });
    List<ChannelField> channels = new ArrayList<>();
    byChannel.forEach(
        (channel, keys) -> {
          String at = MEASUREMENTS + channel;
          if (!channel.matches("[a-z][a-z0-9_]{0,63}")) {
            problem(at, "is no name of a channel: lower case letters, digits and underscores");
          }
          for (String key : keys.keySet()) {
            if (!Set.of("field", "unit", "scale", "offset").contains(key)) {
              problem(at + '.' + key, "is unknown; known are field, unit, scale and offset");
            }
          }
          Units.Linear raw =
              new Units.Linear(number(at, keys, "scale", 1), number(at, keys, "offset", 0));
          Units.Linear unit =
              parse(at + ".unit", keys.get("unit"), text -> Units.toChannel(text, channel));
          FieldPath field = parse(at, keys.getOrDefault("field", channel), FieldPath::parse);
          channels.add(new ChannelField(channel, field, unit == null ? raw : raw.then(unit)));
        });
    return channels;
  }

  private double number(String at, Map<String, String> keys, String key, double usual) {
    Double number =
        parse(
            at + '.' + key,
            keys.get(key),
            text -> {
              try {
                return Double.valueOf(text);
              } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a number, but is \"" + text + '"', e);
              }
            });
    return number == null ? usual : number;
  }

  private FieldPath usually(String key, String path) {
    return parse(key, values.getOrDefault(key, path), FieldPath::parse);
  }

  private <T> T take(String key, Function<String, T> parser) {
    return parse(key, values.get(key), parser);
  }

  /** Null when there is no value, or none that can be read. */
  private <T> T parse(String key, String text, Function<String, T> parser) {
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return null;
    }
  }

  private void problem(String key, String text) {
    problems.add(PREFIX + name + '.' + key + ' ' + text + '.');
  }
}
