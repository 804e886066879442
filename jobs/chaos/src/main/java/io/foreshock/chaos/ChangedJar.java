package io.foreshock.chaos;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.BiFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Another build of a job, made from its jar: as a release would be, or as it must not be. */
public final class ChangedJar {
  private static final String MANIFEST = JarFile.MANIFEST_NAME;

  private ChangedJar() {}

  /** The same job as another version: another file, loaded by another class loader. */
  public static Path withVersion(Path jar, String version, Path to) throws IOException {
    return copy(
        jar,
        to,
        (name, bytes) -> {
          if (!name.equals(MANIFEST)) {
            return bytes;
          }
          try {
            Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            manifest.write(out);
            return out.toByteArray();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /**
   * The job with an operator under another uid: what somebody does who "only" renames it. The
   * constant is changed in its classes, and in the contract, which a build would have written anew.
   *
   * @param uid uid to replace
   * @param other as many characters
   */
  public static Path withUid(Path jar, String uid, String other, Path to) throws IOException {
    if (uid.length() != other.length()) {
      throw new IllegalArgumentException(uid + " and " + other + " differ in length");
    }
    return copy(
        jar,
        to,
        (name, bytes) ->
            name.startsWith("io/foreshock/") || name.startsWith("META-INF/foreshock/")
                ? replace(bytes, uid, other)
                : bytes);
  }

  /** Text of one byte a character, so that every other byte stays what it is. */
  private static byte[] replace(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.contains(from)
        ? text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1)
        : bytes;
  }

  private static Path copy(Path jar, Path to, BiFunction<String, byte[], byte[]> change)
      throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(Deflater.BEST_SPEED);
      for (JarEntry entry : Collections.list(from.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        try (InputStream in = from.getInputStream(entry)) {
          out.write(change.apply(entry.getName(), in.readAllBytes()));
        }
        out.closeEntry();
      }
    }
    return to;
  }
}
