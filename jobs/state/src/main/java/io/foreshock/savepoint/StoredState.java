package io.foreshock.savepoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.ListSerializer;
import org.apache.flink.api.common.typeutils.base.MapSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.runtime.state.CompositeKeySerializationUtils;
import org.apache.flink.runtime.state.OperatorStateHandle.Mode;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.BackendStateType;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonOptionsKeys;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.streaming.api.operators.InternalTimer;

/** One state of an operator: its name, and how its bytes are read. */
public final class StoredState {
  private final String uid;
  private final StateMetaInfoSnapshot meta;
  private final TypeSerializerSnapshot<?> keySnapshot;
  private final int prefixBytes;
  private final TypeSerializer<?> key;
  private final TypeSerializer<?> namespace;
  private final TypeSerializer<?> value;

  /**
   * A key with what it stands for.
   *
   * @param key key of the stream
   * @param namespace e.g. a window; null when the state has none
   * @param userKey key within a map; null for other states
   * @param timeMillis of a timer; null for other states
   */
  public record Key(Object key, Object namespace, Object userKey, Long timeMillis) {}

  /**
   * @param keySnapshot null for a state without keys
   */
  StoredState(
      String uid,
      StateMetaInfoSnapshot meta,
      TypeSerializerSnapshot<?> keySnapshot,
      int maxParallelism) {
    this.uid = uid;
    this.meta = meta;
    this.keySnapshot = keySnapshot;
    prefixBytes =
        CompositeKeySerializationUtils.computeRequiredBytesInKeyGroupPrefix(maxParallelism);
    key = keySnapshot == null ? null : keySnapshot.restoreSerializer();
    namespace = restore(CommonSerializerKeys.NAMESPACE_SERIALIZER);
    value = restore(CommonSerializerKeys.VALUE_SERIALIZER);
  }

  private TypeSerializer<?> restore(CommonSerializerKeys which) {
    TypeSerializerSnapshot<?> snapshot = meta.getTypeSerializerSnapshot(which);
    return snapshot == null ? null : snapshot.restoreSerializer();
  }

  public String uid() {
    return uid;
  }

  public String name() {
    return meta.getName();
  }

  /** {@code KEY_VALUE}, {@code PRIORITY_QUEUE} (timers), {@code OPERATOR} or {@code BROADCAST}. */
  public String kind() {
    return meta.getBackendStateType().toString();
  }

  /** {@code VALUE}, {@code MAP}, {@code LIST} …; empty for what is not keyed. */
  public String type() {
    String type = meta.getOption(CommonOptionsKeys.KEYED_STATE_TYPE);
    return type == null || isTimer() ? "" : type;
  }

  boolean isTimer() {
    return meta.getBackendStateType() == BackendStateType.PRIORITY_QUEUE;
  }

  boolean isList() {
    return meta.getBackendStateType() == BackendStateType.OPERATOR;
  }

  /** How elements of a list are given to tasks. */
  Mode distribution() {
    return Mode.valueOf(meta.getOption(CommonOptionsKeys.OPERATOR_STATE_DISTRIBUTION_MODE));
  }

  boolean isBroadcast() {
    return meta.getBackendStateType() == BackendStateType.BROADCAST;
  }

  /** The serializer of its values, see {@link SerializerText}. */
  public String serializer() {
    return SerializerText.of(meta.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER));
  }

  /** The serializer of the stream's keys; empty for a state without keys. */
  public String keySerializer() {
    return keySnapshot == null ? "" : SerializerText.of(keySnapshot);
  }

  /** Format of ours that this process would write; 0 when Flink's serializer writes it. */
  public int formatNow() {
    return SerializerText.format(value);
  }

  /**
   * The format in front of a value; 0 when there is none. Values of our serializers begin with it,
   * and so do values that are bytes.
   */
  int format(byte[] bytes) {
    int at = type().equals("MAP") ? 1 : 0;
    TypeSerializer<?> written = written();
    if (written instanceof BytePrimitiveArraySerializer) {
      at += Integer.BYTES;
    } else if (SerializerText.format(written) == 0) {
      return 0;
    }
    return bytes.length > at ? bytes[at] & 0xFF : 0;
  }

  /** The serializer of a single value. */
  private TypeSerializer<?> written() {
    if (value instanceof MapSerializer<?, ?> map) {
      return map.getValueSerializer();
    }
    return value instanceof ListSerializer<?> list ? list.getElementSerializer() : value;
  }

  /** Reads the key of an entry in Flink's common format of snapshots. */
  @SuppressWarnings("unchecked")
  Key readKey(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    in.skipBytesToRead(prefixBytes);
    if (isTimer()) {
      InternalTimer<Object, Object> timer = (InternalTimer<Object, Object>) value.deserialize(in);
      return new Key(timer.getKey(), plain(timer.getNamespace()), null, timer.getTimestamp());
    }
    boolean ambiguous = CompositeKeySerializationUtils.isAmbiguousKeyPossible(key, namespace);
    Object read = CompositeKeySerializationUtils.readKey(key, in, ambiguous);
    Object space = CompositeKeySerializationUtils.readNamespace(namespace, in, ambiguous);
    Object userKey =
        value instanceof MapSerializer<?, ?> map ? map.getKeySerializer().deserialize(in) : null;
    return new Key(read, plain(space), userKey, null);
  }

  private static Object plain(Object namespace) {
    return namespace instanceof VoidNamespace ? null : namespace;
  }

  /** Reads the value of an entry; of a list, all elements. */
  Object readValue(byte[] bytes) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    if (isTimer()) {
      return null;
    }
    if (value instanceof MapSerializer<?, ?> map) {
      return in.readBoolean() ? null : map.getValueSerializer().deserialize(in);
    }
    if (value instanceof ListSerializer<?> list && type().equals("LIST")) {
      List<Object> elements = new ArrayList<>();
      while (in.available() > 0) {
        elements.add(list.getElementSerializer().deserialize(in));
        if (in.available() > 0) {
          // Elements are merged with a comma in between.
          in.skipBytesToRead(1);
        }
      }
      return elements;
    }
    return value.deserialize(in);
  }

  TypeSerializer<?> values() {
    return value;
  }

  /** Serializer of the keys of a broadcast state. */
  TypeSerializer<?> broadcastKeys() {
    return restore(CommonSerializerKeys.KEY_SERIALIZER);
  }
}
