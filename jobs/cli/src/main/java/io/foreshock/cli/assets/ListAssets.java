package io.foreshock.cli.assets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.cli.JsonFile;
import io.foreshock.proto.asset.v1.AssetDefinition;
import io.foreshock.proto.asset.v1.ChannelMapping;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foreshock assets list}. */
@Command(
    name = "list",
    description = {"Lists the assets that are published.", ""},
    mixinStandardHelpOptions = true)
final class ListAssets implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AssetsOnTopic topic;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      defaultValue = "",
      description = "Assets of one tenant (default: of all).")
  private String tenant;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the list here.")
  private Path json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Optional<AssetDefinition>> assets = topic.read();
    assets.keySet().removeIf(key -> !tenant.isEmpty() && !key.startsWith(tenant + "/"));
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    assets.forEach(
        (key, asset) -> {
          if (asset.isEmpty()) {
            out.println(key + "  cannot be read; publish it again");
            return;
          }
          print(key, asset.get(), out);
          all.add(json(asset.get()));
        });
    if (assets.isEmpty()) {
      out.println("Nothing is published.");
    }
    out.flush();
    if (json != null) {
      JsonFile.write(json, all);
    }
    return 0;
  }

  private static void print(String key, AssetDefinition asset, PrintWriter out) {
    StringBuilder line = new StringBuilder(key);
    append(line, "class", asset.getAssetClass());
    append(line, "model", asset.getModel());
    append(line, "parent", asset.getParentAssetId());
    append(line, "site", asset.getSite());
    out.println(line);
    for (ChannelMapping mapping : asset.getChannelsList()) {
      StringBuilder channel = new StringBuilder("    ").append(mapping.getFrom());
      append(channel, "in", mapping.getUnit());
      append(channel, "is", mapping.getChannel());
      append(channel, "from device", mapping.getDeviceId());
      out.println(channel);
    }
  }

  private static void append(StringBuilder line, String what, String value) {
    if (!value.isEmpty()) {
      line.append("  ").append(what).append(' ').append(value);
    }
  }

  private static ObjectNode json(AssetDefinition asset) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tenant", asset.getTenant())
        .put("asset", asset.getAssetId())
        .put("class", asset.getAssetClass())
        .put("model", asset.getModel())
        .put("parent", asset.getParentAssetId())
        .put("site", asset.getSite())
        .put("timeZone", asset.getTimeZone());
    ArrayNode devices = node.putArray("devices");
    asset.getDeviceIdsList().forEach(devices::add);
    ArrayNode channels = node.putArray("channels");
    for (ChannelMapping mapping : asset.getChannelsList()) {
      channels
          .addObject()
          .put("from", mapping.getFrom())
          .put("channel", mapping.getChannel())
          .put("unit", mapping.getUnit())
          .put("device", mapping.getDeviceId());
    }
    return node;
  }
}
