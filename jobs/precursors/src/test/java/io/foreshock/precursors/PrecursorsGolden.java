package io.foreshock.precursors;

import io.foreshock.model.PatternRecord;
import io.foreshock.model.RawRecord;
import io.foreshock.patterns.catalogue.ChannelCatalogue;
import io.foreshock.patterns.language.PatternLanguage;
import io.foreshock.patterns.live.LiveRules.FileDocument;
import io.foreshock.runtime.testing.GoldenFolder;
import io.foreshock.state.Fields;
import io.foreshock.state.PatternRecordSerializer;
import io.foreshock.state.RawRecordSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A folder that a release left behind: a canonical savepoint ({@code savepoint/_metadata}), what
 * the job was given ({@code input.gz}, {@code patterns.yaml}) and what it had given before the
 * savepoint ({@code before.txt}, ids).
 */
record PrecursorsGolden(GoldenFolder folder) {

  /**
   * @param telemetry by partition
   * @param first published before the telemetry
   * @param then published after 40 % of it
   */
  record Input(
      List<List<RawRecord>> telemetry,
      List<PatternRecord> first,
      List<PatternRecord> then,
      List<FileDocument> files) {}

  static List<PrecursorsGolden> all() throws IOException {
    return GoldenFolder.all().stream().map(PrecursorsGolden::new).toList();
  }

  void write(Input input, String savepoint, Collection<String> before) throws IOException {
    folder.begin(savepoint);
    DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    Fields.writeList(
        input.telemetry(),
        (partition, to) -> Fields.writeList(partition, RawRecordSerializer.INSTANCE::serialize, to),
        out);
    Fields.writeList(input.first(), PatternRecordSerializer.INSTANCE::serialize, out);
    Fields.writeList(input.then(), PatternRecordSerializer.INSTANCE::serialize, out);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(out.getSharedBuffer(), 0, out.length());
    }
    Files.write(path().resolve("input.gz"), bytes.toByteArray());
    Files.writeString(
        path().resolve("patterns.yaml"),
        input.files().stream().map(FileDocument::yaml).collect(Collectors.joining("---\n")));
    Files.write(path().resolve("before.txt"), new TreeSet<>(before));
  }

  Input input() throws IOException {
    byte[] bytes;
    try (GZIPInputStream zip =
        new GZIPInputStream(Files.newInputStream(path().resolve("input.gz")))) {
      bytes = zip.readAllBytes();
    }
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    List<List<RawRecord>> telemetry =
        Fields.readList(
            from -> Fields.readList(RawRecordSerializer.INSTANCE::deserialize, from), in);
    List<PatternRecord> first = Fields.readList(PatternRecordSerializer.INSTANCE::deserialize, in);
    List<PatternRecord> then = Fields.readList(PatternRecordSerializer.INSTANCE::deserialize, in);
    List<FileDocument> files = new ArrayList<>();
    PatternLanguage language = PatternLanguage.of(ChannelCatalogue.load());
    for (String yaml :
        PatternLanguage.documents(Files.readString(path().resolve("patterns.yaml")))) {
      language
          .parse(path().toString(), yaml)
          .orThrow()
          .forEach(d -> files.add(new FileDocument(d.name(), d.version(), yaml)));
    }
    return new Input(telemetry, first, then, files);
  }

  /** Ids of the detections and near misses that came before the savepoint. */
  Set<String> before() throws IOException {
    return new TreeSet<>(Files.readAllLines(path().resolve("before.txt")));
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private Path path() {
    return folder.path();
  }
}
