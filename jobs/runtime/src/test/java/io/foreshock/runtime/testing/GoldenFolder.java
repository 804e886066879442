package io.foreshock.runtime.testing;

import io.foreshock.model.RawRecord;
import io.foreshock.state.Fields;
import io.foreshock.state.RawRecordSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.FileUtils;

/**
 * A folder that a release left behind: a canonical savepoint ({@code savepoint/_metadata}), what
 * the job was given ({@code input.gz}), what it had given before the savepoint ({@code
 * before.txt.gz}, a line each) and the contract of its state ({@code state-contract}).
 */
public record GoldenFolder(Path path) {
  /** Where the folders of a module lie. */
  public static final Path ALL = Path.of("src/test/resources/golden-savepoints");

  /** The property that names the release whose folder is to be written. */
  public static final String WRITE = "foreshock.write-golden";

  /** 0.9.0 before 0.10.0. */
  static final Comparator<Path> BY_RELEASE =
      Comparator.comparing(
          folder ->
              Stream.of(folder.getFileName().toString().split("\\."))
                  .map("%6s"::formatted)
                  .toList()
                  .toString());

  private static final String INPUT = "input.gz";
  private static final String BEFORE = "before.txt.gz";
  private static final String SAVEPOINT = "savepoint";

  /** The folders of all releases, oldest first. */
  public static List<GoldenFolder> all() throws IOException {
    if (!Files.exists(ALL)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.sorted(BY_RELEASE).map(GoldenFolder::new).toList();
    }
  }

  /** Begins the folder: copies savepoint and state contract, and empties what was there. */
  public void begin(String savepoint) throws IOException {
    FileUtils.deleteDirectory(path.toFile());
    copy(Path.of(URI.create(savepoint)), path.resolve(SAVEPOINT));
    Files.copy(Path.of("state-contract"), path.resolve("state-contract"));
  }

  void write(Map<String, List<List<RawRecord>>> inputs, String savepoint, List<String> before)
      throws IOException {
    begin(savepoint);
    DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    Fields.writeVarInt(inputs.size(), out);
    for (Map.Entry<String, List<List<RawRecord>>> input : inputs.entrySet()) {
      Fields.writeText(input.getKey(), out);
      Fields.writeList(
          input.getValue(),
          (partition, to) ->
              Fields.writeList(partition, RawRecordSerializer.INSTANCE::serialize, to),
          out);
    }
    zip(INPUT, out.getCopyOfBuffer());
    zip(BEFORE, String.join("\n", before).getBytes(StandardCharsets.UTF_8));
  }

  private void zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    Files.write(path.resolve(name), bytes.toByteArray());
  }

  private byte[] unzip(String name) throws IOException {
    try (GZIPInputStream zip = new GZIPInputStream(Files.newInputStream(path.resolve(name)))) {
      return zip.readAllBytes();
    }
  }

  Map<String, List<List<RawRecord>>> inputs() throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(unzip(INPUT));
    Map<String, List<List<RawRecord>>> inputs = new LinkedHashMap<>();
    for (int i = Fields.readVarInt(in); i > 0; i--) {
      inputs.put(
          Fields.readText(in),
          Fields.readList(
              from -> Fields.readList(RawRecordSerializer.INSTANCE::deserialize, from), in));
    }
    return inputs;
  }

  /** What had come out before the savepoint. */
  List<String> before() throws IOException {
    return new ArrayList<>(new String(unzip(BEFORE), StandardCharsets.UTF_8).lines().toList());
  }

  /** A copy of the savepoint: restoring may delete what it restores. */
  public String copyTo(Path folder) throws IOException {
    Path copy = folder.resolve("copy");
    FileUtils.deleteDirectory(copy.toFile());
    copy(path.resolve(SAVEPOINT), copy);
    return copy.toUri().toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Size of everything in the folder. */
  public long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      long bytes = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
