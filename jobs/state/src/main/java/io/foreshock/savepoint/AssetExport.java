package io.foreshock.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/** All that a snapshot knows of one key, e.g. an asset. */
public final class AssetExport {
  private final Readable readable;
  private final Path temporary;

  /**
   * @param classes knows the serializers of the job, and how its bytes are read
   * @param temporary folder for the files of RocksDB
   */
  public AssetExport(ClassLoader classes, Path temporary) {
    readable = new Readable(classes);
    this.temporary = temporary;
  }

  /**
   * The states of a key, by operator and name. Only its key group is read.
   *
   * @param key as the job's streams are keyed, e.g. {@code <tenant>/<asset>}
   * @return without operators that know nothing of the key
   * @throws SnapshotException when a part cannot be read
   */
  public ObjectNode export(Snapshot snapshot, String key) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("key", key).put("snapshot", snapshot.location());
    ObjectNode operators = json.putObject("operators");
    for (StoredOperator operator : snapshot.operators()) {
      ObjectNode states = states(operator, key);
      if (!states.isEmpty()) {
        operators.set(operator.uid(), states);
      }
    }
    return json;
  }

  private ObjectNode states(StoredOperator operator, String key) {
    ObjectNode states = JsonNodeFactory.instance.objectNode();
    if (operator.keyedHandles().isEmpty()) {
      return states;
    }
    int group = KeyGroupRangeAssignment.assignToKeyGroup(key, operator.maxParallelism());
    new KeyedEntries(operator, temporary)
        .read(
            KeyGroupRange.of(group, group),
            (keyGroup, meta, keyBytes, valueBytes) ->
                add(state(operator, meta), key, keyBytes, valueBytes, states));
    return states;
  }

  private static StoredState state(StoredOperator operator, StateMetaInfoSnapshot meta) {
    return operator.states().stream()
        .filter(state -> state.name().equals(meta.getName()))
        .filter(state -> state.kind().equals(meta.getBackendStateType().toString()))
        .findFirst()
        .orElseThrow();
  }

  private void add(
      StoredState state, String wanted, byte[] keyBytes, byte[] valueBytes, ObjectNode states)
      throws IOException {
    StoredState.Key key = state.readKey(keyBytes);
    if (!wanted.equals(String.valueOf(key.key()))) {
      return;
    }
    if (state.isTimer()) {
      states.withArray(state.name()).add(Instant.ofEpochMilli(key.timeMillis()).toString());
      return;
    }
    JsonNode value = readable.toJson(state, state.readValue(valueBytes));
    if (key.namespace() == null && key.userKey() == null) {
      states.set(state.name(), value);
      return;
    }
    ArrayNode entries = states.withArray(state.name());
    ObjectNode entry = entries.addObject();
    if (key.namespace() != null) {
      entry.put("namespace", key.namespace().toString());
    }
    if (key.userKey() != null) {
      entry.put("key", key.userKey().toString());
    }
    entry.set("value", value);
  }
}
