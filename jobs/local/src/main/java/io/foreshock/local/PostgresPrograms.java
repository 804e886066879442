package io.foreshock.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of an installed PostgreSQL and how they are run: the server refuses to run as root,
 * so root starts it as the user {@value #USER} of the package.
 */
final class PostgresPrograms {
  /** Folder of the programs, for an installation in an unusual place. */
  static final String BIN_PROPERTY = "foreshock.postgres.bin";

  static final String USER = "postgres";

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private final Path bin;

  private PostgresPrograms(Path bin) {
    this.bin = bin;
  }

  /** The installed programs; the newest version when there are several. */
  static Optional<PostgresPrograms> find() {
    List<Path> candidates = new ArrayList<>();
    String given = System.getProperty(BIN_PROPERTY);
    if (given != null) {
      candidates.add(Path.of(given));
    } else {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
        candidates.add(Path.of(folder));
      }
      candidates.addAll(debianVersions());
    }
    return candidates.stream()
        .filter(PostgresPrograms::isComplete)
        .findFirst()
        .map(PostgresPrograms::new);
  }

  private static boolean isComplete(Path folder) {
    return Stream.of("initdb", "postgres", "psql")
        .allMatch(program -> Files.isExecutable(folder.resolve(program)));
  }

  private static List<Path> debianVersions() {
    if (!Files.isDirectory(DEBIAN)) {
      return List.of();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .sorted(Comparator.comparingInt(PostgresPrograms::number).reversed())
          .map(version -> version.resolve("bin"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path version) {
    String name = version.getFileName().toString();
    return name.chars().allMatch(Character::isDigit) ? Integer.parseInt(name) : 0;
  }

  String path(String program) {
    return bin.resolve(program).toString();
  }

  /** The command as the user that the server accepts. */
  static List<String> asServerUser(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    List<String> all = new ArrayList<>();
    all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups"));
    all.addAll(command);
    return all;
  }

  /** Makes the server's user the owner of a file or folder that root made. */
  static void giveToServerUser(Path file) throws IOException {
    if (isRoot()) {
      UserPrincipal owner =
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
      Files.getFileAttributeView(file, PosixFileAttributeView.class).setOwner(owner);
    }
  }

  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /**
   * Runs a program to its end.
   *
   * @return what it printed to standard output
   * @throws LocalClusterException when it fails; with what it printed to standard error
   */
  static String run(List<String> command, Map<String, String> environment, String input) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    builder.environment().putAll(environment);
    Path errors = null;
    try {
      errors = Files.createTempFile("foreshock-", ".err");
      Process process = builder.redirectError(errors.toFile()).start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new LocalClusterException(
            Path.of(command.get(0)).getFileName()
                + " failed with exit code "
                + code
                + ": "
                + Files.readString(errors).strip());
      }
      return output;
    } catch (IOException e) {
      throw new LocalClusterException("Could not run " + command.get(0) + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("Interrupted while " + command.get(0) + " ran.", e);
    } finally {
      if (errors != null && !errors.toFile().delete()) {
        errors.toFile().deleteOnExit();
      }
    }
  }
}
