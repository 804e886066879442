package io.foreshock.cli.features;

import io.foreshock.operators.features.definition.FeatureColumn;
import io.foreshock.operators.features.definition.FeatureSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The texts of a Feast repository.
 *
 * @param tenant whose rows it holds; one project for each tenant
 * @param sets one feature view each
 */
record FeastDefinitions(String tenant, List<FeatureSet> sets) {
  /** A row is of use for a day at least, however short its windows are. */
  private static final Duration SHORTEST_USE = Duration.ofDays(1);

  private static final String HEAD =
      """
      # Written by `./foreshock features feast`. Change the feature sets, not this file.
      """;

  /** {@code feature_store.yaml}: everything in files of this folder, to begin with. */
  String store() {
    return HEAD
        + """
        project: foreshock_%s
        provider: local
        registry: data/registry.db
        offline_store:
          type: file
        online_store:
          type: sqlite
          path: data/online.db
        entity_key_serialization_version: 3
        """
            .formatted(tenant.replace('-', '_'));
  }

  /** {@code features.py}: entity, sources, views, services. */
  String features() {
    return HEAD
        + """
        from datetime import timedelta

        from feast import Entity, FeatureService, FeatureView, Field, FileSource, PushSource
        from feast.types import Float64
        from feast.value_type import ValueType

        asset = Entity(
            name="asset",
            join_keys=["asset_id"],
            value_type=ValueType.STRING,
            description="A machine, vehicle or sensor of tenant %s.",
        )
        """
            .formatted(tenant)
        + sets.stream().map(FeastDefinitions::view).collect(Collectors.joining());
  }

  private static String view(FeatureSet set) {
    String name = set.name().replace('-', '_');
    Duration use = set.longestWindow();
    return """


        %1$s_history = FileSource(
            name="%1$s_history",
            path="data/%2$s.parquet",
            # When a row became known, not the time that it is about: see training_set.py.
            timestamp_field="known_at",
            description=%3$s,
        )
        %1$s_push = PushSource(name="%1$s_push", batch_source=%1$s_history)
        %1$s = FeatureView(
            name="%1$s",
            entities=[asset],
            ttl=timedelta(hours=%4$d),
            schema=[
        %5$s    ],
            source=%1$s_push,
            online=True,
            description=%3$s,
            tags={"feature_set": "%2$s", "version": "%6$d", "topic": "<tenant>.features.%2$s"},
        )
        """
            .formatted(
                name,
                set.name(),
                quoted(set.description()),
                (use.compareTo(SHORTEST_USE) < 0 ? SHORTEST_USE : use).toHours(),
                set.columns().stream().map(FeastDefinitions::field).collect(Collectors.joining()),
                set.version())
        + services(name, set);
  }

  private static String field(FeatureColumn column) {
    String tags =
        "\"unit\": "
            + quoted(column.unit())
            + (column.group().isEmpty() ? "" : ", \"group\": " + quoted(column.group()));
    return "        Field(name=\"%s\", dtype=Float64, description=%s, tags={%s}),%n"
        .formatted(column.name(), quoted(column.description()), tags);
  }

  /** One service for the whole set, one for each group. */
  private static String services(String name, FeatureSet set) {
    Map<String, List<String>> groups =
        set.columns().stream()
            .filter(column -> !column.group().isEmpty())
            .collect(
                Collectors.groupingBy(
                    FeatureColumn::group,
                    LinkedHashMap::new,
                    Collectors.mapping(column -> quoted(column.name()), Collectors.toList())));
    StringBuilder text =
        new StringBuilder(
            "%1$s_all = FeatureService(name=\"%1$s_all\", features=[%1$s])%n".formatted(name));
    groups.forEach(
        (group, columns) ->
            text.append(
                "%1$s_%2$s = FeatureService(name=\"%1$s_%2$s\", features=[%1$s[[%3$s]]])%n"
                    .formatted(
                        name, group.replaceAll("[^A-Za-z0-9]+", "_"), String.join(", ", columns))));
    return text.toString();
  }

  /** A text as Python writes it. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
  }
}
