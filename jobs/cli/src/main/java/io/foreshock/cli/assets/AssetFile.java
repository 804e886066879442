package io.foreshock.cli.assets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.assets.AssetRules;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import io.foreshock.runtime.kafka.TenantTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Assets as people write them: a YAML file with the list {@code assets}. Checks what a job checks,
 * and more, and reports everything at once.
 */
public final class AssetFile {
  private static final Set<String> ASSET_FIELDS =
      Set.of(
          "tenant", "asset", "class", "model", "parent", "site", "timeZone", "devices", "channels");
  private static final Set<String> CHANNEL_FIELDS = Set.of("from", "channel", "unit", "device");

  private final Path file;
  private final ChannelRegistry channels;
  private final List<String> problems;
  private final Map<String, AssetDefinition> assets = new TreeMap<>();

  private AssetFile(Path file, ChannelRegistry channels, List<String> problems) {
    this.file = file;
    this.channels = channels;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param problems receives what is wrong with it
   * @return assets by key, {@code tenant/asset}
   */
  public static Map<String, AssetDefinition> read(
      Path file, ChannelRegistry channels, List<String> problems) {
    AssetFile reading = new AssetFile(file, channels, problems);
    try {
      reading.root(new YAMLMapper().readTree(Files.readString(file)));
    } catch (JsonProcessingException e) {
      problems.add(file + ":" + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      problems.add(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
    }
    return reading.assets;
  }

  private void root(JsonNode root) {
    JsonNode list = root.path("assets");
    if (!list.isArray() || root.size() != 1) {
      problems.add(file + ": must hold the list `assets` and nothing else");
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      asset(list.get(i), file + ": asset " + (i + 1));
    }
  }

  private void asset(JsonNode node, String where) {
    int before = problems.size();
    String tenant = text(node, "tenant", where);
    String id = text(node, "asset", where);
    String named = id.isEmpty() ? where : file + ": " + id;
    known(node, ASSET_FIELDS, named);
    if (!TenantTopic.isTenant(tenant)) {
      problems.add(
          named
              + ": tenant must be lower case letters, digits and dashes, but is \""
              + tenant
              + "\"");
    }
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}")) {
      problems.add(
          named + ": asset must be letters, digits and ._:- (at most 128), but is \"" + id + "\"");
    }
    AssetDefinition.Builder asset =
        AssetDefinition.newBuilder()
            .setTenant(tenant)
            .setAssetId(id)
            .setAssetClass(text(node, "class", named))
            .setModel(text(node, "model", named))
            .setParentAssetId(text(node, "parent", named))
            .setSite(text(node, "site", named))
            .setTimeZone(text(node, "timeZone", named));
    if (!asset.getAssetClass().matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?")) {
      problems.add(
          named
              + ": class must be lower case letters, digits and dashes, but is \""
              + asset.getAssetClass()
              + "\"");
    }
    checkZone(asset.getTimeZone(), named);
    list(node, "devices", named, device -> asset.addDeviceIds(device.asText()));
    list(node, "channels", named, channel -> asset.addChannels(mapping(channel, named)));
    AssetDefinition definition = asset.build();
    List<String> unusable = new ArrayList<>();
    AssetRules.of(definition, channels, unusable);
    unusable.forEach(problem -> problems.add(named + ": " + problem));
    if (problems.size() == before && assets.put(tenant + '/' + id, definition) != null) {
      problems.add(named + ": stands in the file twice");
    }
  }

  private ChannelMapping mapping(JsonNode node, String where) {
    known(node, CHANNEL_FIELDS, where + ": channel " + node.path("from").asText());
    return ChannelMapping.newBuilder()
        .setFrom(text(node, "from", where))
        .setChannel(text(node, "channel", where))
        .setUnit(text(node, "unit", where))
        .setDeviceId(text(node, "device", where))
        .build();
  }

  private void checkZone(String zone, String where) {
    try {
      if (!zone.isEmpty()) {
        ZoneId.of(zone);
      }
    } catch (DateTimeException e) {
      problems.add(
          where + ": timeZone must be a name such as Europe/Vienna, but is \"" + zone + "\"");
    }
  }

  private String text(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (value.isContainerNode()) {
      problems.add(where + ": " + field + " must be a text");
      return "";
    }
    return value.isNull() ? "" : value.asText("");
  }

  private void list(JsonNode node, String field, String where, Consumer<JsonNode> each) {
    JsonNode list = node.path(field);
    if (list.isMissingNode() || list.isNull()) {
      return;
    }
    if (!list.isArray()) {
      problems.add(where + ": " + field + " must be a list");
      return;
    }
    list.forEach(each);
  }

  private void known(JsonNode node, Set<String> fields, String where) {
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!fields.contains(name)) {
        problems.add(
            where
                + ": \""
                + name
                + "\" is not known; known are "
                + String.join(", ", fields.stream().sorted().toList()));
      }
    }
  }
}
