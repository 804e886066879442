package io.foreshock.manifests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.apache.flink.configuration.FallbackKey;

/**
 * Every option that Flink knows: the constants of all {@code …Options} classes in the Flink jars of
 * this class path; and those of the operator, from a list.
 */
final class KnownOptions {
  private static final String OPERATOR_LIST = "operator-options.txt";
  private static final Pattern CLASSES =
      Pattern.compile(
          "org/apache/flink/(?!.*shaded).*(Options|OptionsInternal|Configuration|Constants)(\\$[A-Za-z]+)?\\.class");

  private static KnownOptions ofThisFlink;

  private final Map<String, ConfigOption<?>> byKey = new TreeMap<>();

  private KnownOptions() {}

  /** Reads the class path of this process once; takes about two seconds. */
  static synchronized KnownOptions ofThisFlink() {
    if (ofThisFlink == null) {
      ofThisFlink = read();
    }
    return ofThisFlink;
  }

  private static KnownOptions read() {
    KnownOptions known = new KnownOptions();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      File file = new File(entry);
      if (file.getName().matches("flink-.*\\.jar") && file.isFile()) {
        known.readJar(file);
      }
    }
    known.readOperatorList();
    return known;
  }

  /** The option with this key, also by a former key; null when there is none. */
  ConfigOption<?> find(String key) {
    return byKey.get(key);
  }

  Map<String, ConfigOption<?>> all() {
    return Collections.unmodifiableMap(byKey);
  }

  private void readJar(File file) {
    try (JarFile jar = new JarFile(file)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (CLASSES.matcher(entry.getName()).matches()) {
          readClass(entry.getName().replace('/', '.').replace(".class", ""));
        }
      }
    } catch (IOException e) {
      throw new ManifestException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private void readClass(String name) {
    try {
      Class<?> type = Class.forName(name, false, KnownOptions.class.getClassLoader());
      for (Field field : type.getDeclaredFields()) {
        if (Modifier.isStatic(field.getModifiers())
            && ConfigOption.class.isAssignableFrom(field.getType())) {
          field.setAccessible(true);
          add((ConfigOption<?>) field.get(null));
        }
      }
    } catch (ReflectiveOperationException | LinkageError optional) {
      // A class for something that is not on this class path (Hive, YARN): its options are not
      // ours.
    }
  }

  private void add(ConfigOption<?> option) {
    if (option != null) {
      byKey.putIfAbsent(option.key(), option);
      for (FallbackKey former : option.fallbackKeys()) {
        byKey.putIfAbsent(former.getKey(), option);
      }
    }
  }

  private void readOperatorList() {
    try (InputStream list = KnownOptions.class.getResourceAsStream(OPERATOR_LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#") && !line.isBlank())
          .forEach(
              line -> {
                String[] pair = line.split(" ", 2);
                byKey.putIfAbsent(pair[0], option(pair[0], pair[1]));
              });
    } catch (IOException e) {
      throw new ManifestException("The list of the operator's options cannot be read.", e);
    }
  }

  private static ConfigOption<?> option(String key, String type) {
    OptionBuilder builder = ConfigOptions.key(key);
    return switch (type) {
      case "Boolean" -> builder.booleanType().noDefaultValue();
      case "Integer" -> builder.intType().noDefaultValue();
      case "Double" -> builder.doubleType().noDefaultValue();
      case "Duration" -> builder.durationType().noDefaultValue();
      case "MemorySize" -> builder.memoryType().noDefaultValue();
      default -> builder.stringType().noDefaultValue();
    };
  }
}
