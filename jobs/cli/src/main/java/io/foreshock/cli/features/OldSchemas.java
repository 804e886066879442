package io.foreshock.cli.features;

import io.foreshock.cli.CliFailure;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.operators.features.avro.FeatureSchema;
import io.foreshock.operators.features.definition.FeatureLanguage;
import io.foreshock.operators.features.definition.ParsedFeatureSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/** The versions that new ones are compared with: schemas that were written, or feature sets. */
final class OldSchemas {
  private static final String SCHEMA = ".avsc";

  private OldSchemas() {}

  /**
   * Reads a file or folder of either kind; a folder that holds schemas is one of schemas, of which
   * the highest version of each set counts.
   *
   * @return schemas by name of the set
   * @throws CliFailure when it is neither
   */
  static Map<String, Schema> read(Path path, ChannelRegistry channels) {
    List<Path> schemas = schemaFiles(path);
    Map<String, Schema> read = new TreeMap<>();
    if (!schemas.isEmpty()) {
      for (Path file : schemas) {
        Schema schema = schema(file);
        read.merge(schema.getProp(FeatureSchema.SET), schema, OldSchemas::newer);
      }
      return read;
    }
    ParsedFeatureSets parsed = new FeatureLanguage(channels).read(path);
    if (!parsed.problems().isEmpty()) {
      throw CliFailure.wrongInput(
          "%s, to compare with, cannot be used:%n  %s"
              .formatted(
                  path,
                  String.join("\n  ", parsed.problems().stream().map(Object::toString).toList())));
    }
    parsed.sets().forEach(set -> read.put(set.name(), FeatureSchema.of(set)));
    return read;
  }

  private static Schema newer(Schema one, Schema other) {
    return version(one) > version(other) ? one : other;
  }

  private static int version(Schema schema) {
    return schema.getObjectProp(FeatureSchema.VERSION) instanceof Number number
        ? number.intValue()
        : 0;
  }

  private static List<Path> schemaFiles(Path path) {
    if (!Files.exists(path)) {
      throw CliFailure.wrongInput("There is no file " + path + " to compare with.");
    }
    if (!Files.isDirectory(path)) {
      return path.toString().endsWith(SCHEMA) ? List.of(path) : List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(SCHEMA)).sorted().toList();
    } catch (IOException e) {
      throw CliFailure.wrongInput("The folder " + path + " cannot be read (" + e + ").", e);
    }
  }

  private static Schema schema(Path file) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(Files.readString(file));
    } catch (IOException | SchemaParseException e) {
      throw CliFailure.wrongInput(
          file + " is not an Avro schema (" + e.getMessage().lines().findFirst().orElse("") + ").",
          e);
    }
    if (schema.getType() != Schema.Type.RECORD || schema.getProp(FeatureSchema.SET) == null) {
      throw CliFailure.wrongInput(
          "%s is a schema, but not of a feature set: it has no \"%s\". Write it with `./foreshock features schema`."
              .formatted(file, FeatureSchema.SET));
    }
    return schema;
  }
}
