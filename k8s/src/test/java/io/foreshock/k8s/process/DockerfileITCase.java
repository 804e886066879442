package io.foreshock.k8s.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Dockerfile makes of the folder that the build assembles what the pods of rung 4 run. Docker
 * is not needed: buildah runs it on a stand-in for the official image, which has the user and the
 * plugins of that, and none of its programs.
 */
class DockerfileITCase {
  private static final Path DOCKERFILE = Path.of("image/Dockerfile");
  private static final Path FOLDER = ImageFolder.OF_BUILD.root();
  private static final String BILL = "opt/foreshock/sbom.json";

  @TempDir private Path folder;

  @BeforeAll
  static void demandTheFolder() {
    assumeTrue(
        ImageFolder.OF_BUILD.exists(),
        "The image's folder is not built: run mvn verify, not mvn test.");
  }

  @Test
  void everyFileThatItCopiesIsInTheFolder() throws IOException {
    for (String source : matches("(?m)^COPY (?:--\\S+ )*(\\S+) ")) {
      if (source.equals(BILL) && !Files.exists(FOLDER.resolve(BILL))) {
        abort("Built offline, where no bill of materials is made: docker build would fail.");
      }
      assertThat(FOLDER.resolve(source)).exists();
    }
  }

  @Test
  void aJarForEveryJobIsCopiedAndWhatIsNotCopiedComesWithTheOfficialImage() throws IOException {
    try (Stream<Path> jobs = Files.list(Path.of("base"));
        Stream<Path> jars = Files.list(FOLDER.resolve("opt/flink/usrlib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              jobs.map(job -> "foreshock-" + job.getFileName() + ".jar").toList());
    }
    try (Stream<Path> parts = Files.list(FOLDER.resolve("opt/flink"))) {
      assertThat(parts.map(part -> part.getFileName().toString()))
          .containsExactlyInAnyOrder("bin", "lib", "plugins", "usrlib");
    }
    try (Stream<Path> libraries = Files.list(FOLDER.resolve("opt/flink/lib"))) {
      assertThat(libraries).noneMatch(jar -> jar.getFileName().toString().contains("foreshock"));
    }
  }

  @Test
  void isBuiltOnTheFlinkThatTheJobsAreBuiltFor() throws IOException {
    assertThat(matches("(?m)^FROM (\\S+)$"))
        .containsExactly("flink:" + EnvironmentInformation.getVersion() + "-java17");
  }

  @Test
  void runsAsTheUserOfThePods() throws IOException {
    List<String> users = matches("(?m)^USER (\\d+):\\d+$");
    assertThat(users).hasSize(1);
    assertThat(Files.readString(Path.of("components/flink/pods.yaml")))
        .contains("runAsUser: " + users.get(0));
  }

  @Test
  void buildahMakesOfItWhatTheFolderHolds() throws IOException {
    // Not demanded in CI either: many machines do not let a build change owners and roots.
    if (!Shell.succeeds(List.of("buildah", "--version"))) {
      abort("There is no program buildah (Debian: buildah).");
    }
    Path context = folder.resolve("context");
    Shell.run("cp", "-a", FOLDER.toString(), context.toString());
    Files.createDirectories(context.resolve(BILL).getParent());
    if (!Files.exists(context.resolve(BILL))) {
      Files.writeString(context.resolve(BILL), "{}");
    }
    String base = buildah("from", "scratch");
    buildah("copy", "-q", base, standIn().toString(), "/");
    buildah("commit", "-q", base, "docker.io/library/" + matches("(?m)^FROM (\\S+)$").get(0));

    buildah(
        "bud",
        "-q",
        "--isolation",
        "chroot",
        "--pull-never",
        "-t",
        "foreshock",
        "-f",
        DOCKERFILE.toString(),
        context.toString());

    Path made = Path.of(buildah("mount", buildah("from", "--pull-never", "foreshock")));
    Map<String, Long> expected = sizes(context.resolve("opt/flink/usrlib"));
    assertThat(expected).hasSizeGreaterThanOrEqualTo(5);
    assertThat(sizes(made.resolve("opt/flink/usrlib"))).isEqualTo(expected);
    for (String jar : expected.keySet()) {
      Path copied = made.resolve("opt/flink/usrlib").resolve(jar);
      assertThat(Files.getAttribute(copied, "unix:uid")).as("owner of " + jar).isEqualTo(9999);
    }
    assertThat(made.resolve(BILL)).exists();
    for (String plugin : List.of("s3-fs-presto", "s3-fs-hadoop")) {
      assertThat(sizes(made.resolve("opt/flink/plugins/" + plugin))).hasSize(1);
    }
    assertThat(
            buildah(
                "inspect", "--type", "image", "--format", "{{.OCIv1.Config.User}}", "foreshock"))
        .isEqualTo("9999:9999");
  }

  /** What the Dockerfile needs of the official image: its user, its plugins, and a shell. */
  private Path standIn() throws IOException {
    Path root = folder.resolve("stand-in");
    for (String path : List.of("etc", "bin", "tmp", "opt/flink/opt", "opt/flink/plugins")) {
      Files.createDirectories(root.resolve(path));
    }
    Files.writeString(root.resolve("etc/passwd"), "flink:x:9999:9999::/opt/flink:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "flink:x:9999:\n");
    for (String plugin : List.of("presto", "hadoop")) {
      Files.writeString(root.resolve("opt/flink/opt/flink-s3-fs-" + plugin + "-2.2.1.jar"), plugin);
    }
    for (String program : List.of("sh", "mkdir", "cp")) {
      Path file = Path.of("/bin", program).toRealPath();
      copy(file, root.resolve("bin/" + program));
      for (MatchResult library :
          Pattern.compile("(/\\S+) \\(0x")
              .matcher(Shell.run("ldd", file.toString()))
              .results()
              .toList()) {
        copy(Path.of(library.group(1)), root.resolve(library.group(1).substring(1)));
      }
    }
    return root;
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.exists(to)) {
      Files.createDirectories(to.getParent());
      Files.copy(from.toRealPath(), to);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  private String buildah(String... arguments) {
    List<String> command = new ArrayList<>(List.of("buildah", "--storage-driver", "vfs"));
    command.addAll(List.of("--root", folder.resolve("storage").toString()));
    command.addAll(List.of("--runroot", folder.resolve("run").toString()));
    command.addAll(List.of(arguments));
    return Shell.run(command.toArray(new String[0])).strip();
  }

  private static List<String> matches(String expression) throws IOException {
    return Pattern.compile(expression)
        .matcher(Files.readString(DOCKERFILE))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
