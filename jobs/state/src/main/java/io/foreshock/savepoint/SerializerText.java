package io.foreshock.savepoint;

import io.foreshock.state.VersionedSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;

/**
 * What a savepoint says about a serializer, as one line: class of the snapshot and its version,
 * then the same of what it is made of. Two that differ do not restore without a migration.
 */
public final class SerializerText {

  private SerializerText() {}

  /** Text of a serializer as a savepoint holds it. */
  public static String of(TypeSerializerSnapshot<?> snapshot) {
    return of(snapshot, snapshot.restoreSerializer());
  }

  private static String of(TypeSerializerSnapshot<?> snapshot, TypeSerializer<?> serializer) {
    String text = name(snapshot.getClass()) + " " + snapshot.getCurrentVersion();
    List<String> nested = new ArrayList<>();
    for (TypeSerializer<?> part : parts(serializer)) {
      nested.add(of(part.snapshotConfiguration(), part));
    }
    return nested.isEmpty() ? text : text + " <" + String.join(", ", nested) + ">";
  }

  /** Flink's classes without their package, which does not change within Flink 2. */
  private static String name(Class<?> type) {
    String name = type.getName();
    return name.startsWith("org.apache.flink.") ? name.substring(name.lastIndexOf('.') + 1) : name;
  }

  /** What a serializer of many is made of. */
  private static List<TypeSerializer<?>> parts(TypeSerializer<?> serializer) {
    if (serializer instanceof MapSerializer<?, ?> map) {
      return List.of(map.getKeySerializer(), map.getValueSerializer());
    }
    return serializer instanceof ListSerializer<?> list
        ? List.of(list.getElementSerializer())
        : List.of();
  }

  /** Format that a serializer of ours writes now; 0 for all others. */
  public static int format(TypeSerializer<?> serializer) {
    if (serializer instanceof VersionedSerializer<?> versioned) {
      return versioned.format();
    }
    int format = 0;
    for (TypeSerializer<?> part : parts(serializer)) {
      format = Math.max(format, format(part));
    }
    return format;
  }
}
