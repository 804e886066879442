package io.foreshock.k8s.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The image's folder as the build leaves it, and versions of it with another job jar. */
record ImageFolder(Path root) {
  /** Left by the module {@code k8s/image}. */
  static final ImageFolder OF_BUILD = new ImageFolder(Path.of("image/target/image"));

  boolean exists() {
    return Files.isRegularFile(jar("ingest"));
  }

  Path jar(String job) {
    return root.resolve("opt/flink/usrlib/foreshock-" + job + ".jar");
  }

  /** The same files in another folder, with all that a pod needs to run from it. */
  ImageFolder copyTo(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Shell.run("rm", "-r", folder.toString());
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    Shell.run("cp", "-al", root.toString(), folder.toString());
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path script : files.filter(file -> file.toString().endsWith(".sh")).toList()) {
        Shell.run("chmod", "755", script.toString());
      }
    }
    return new ImageFolder(folder.toAbsolutePath());
  }

  /** Replaces a name in the classes of a job's jar by one of the same length. */
  void rename(String job, String from, String to) throws IOException {
    byte[] old = from.getBytes(StandardCharsets.UTF_8);
    byte[] renamed = to.getBytes(StandardCharsets.UTF_8);
    if (old.length != renamed.length) {
      throw new IllegalArgumentException("Names must be equally long.");
    }
    Path jar = jar(job);
    Path changed = jar.resolveSibling("changed");
    int found = 0;
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
      out.setLevel(0);
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        if (entry.getName().startsWith("io/foreshock/") && entry.getName().endsWith(".class")) {
          found += replace(content, old, renamed);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content);
      }
    }
    // A new file: the old one is shared with the other images.
    Files.delete(jar);
    Files.move(changed, jar);
    if (found == 0) {
      throw new IllegalStateException("No class of " + job + " holds \"" + from + "\".");
    }
  }

  /** Replaces whole constants: two bytes of length stand in front of a text in a class file. */
  private static int replace(byte[] content, byte[] old, byte[] renamed) {
    int found = 0;
    for (int i = 2; i + old.length <= content.length; i++) {
      if (content[i - 2] == 0
          && content[i - 1] == old.length
          && java.util.Arrays.equals(content, i, i + old.length, old, 0, old.length)) {
        System.arraycopy(renamed, 0, content, i, old.length);
        found++;
      }
    }
    return found;
  }

  /** Names of the entries of a jar. */
  static List<String> entries(Path jar) throws IOException {
    List<String> names = new java.util.ArrayList<>();
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }
}
