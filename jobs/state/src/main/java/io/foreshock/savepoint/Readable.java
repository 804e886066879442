package io.foreshock.savepoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foreshock.state.ReadableState;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Values of states as JSON: the fields of an object by name, times as ISO 8601, bytes by whoever
 * knows the state ({@link ReadableState}) or in hexadecimal digits.
 */
public final class Readable {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String MILLIS = "Millis";
  private static final int MAX_DEPTH = 16;
  private static final int MAX_HEX = 256;

  /** Smaller numbers under a name that ends in {@code Millis} are durations: 1973-03-03. */
  private static final long FIRST_TIME = 100_000_000_000L;

  private final Map<String, ReadableState> states = new HashMap<>();
  private final Map<Class<?>, Field[]> fields = new HashMap<>();

  /** Event times that were met, see {@link ReadableState}. */
  public static final class EventTimes {
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;

    void add(long millis) {
      if (millis != Long.MIN_VALUE && millis != Long.MAX_VALUE) {
        oldest = Math.min(oldest, millis);
        newest = Math.max(newest, millis);
      }
    }

    void add(EventTimes other) {
      add(other.oldest == Long.MAX_VALUE ? Long.MIN_VALUE : other.oldest);
      add(other.newest);
    }

    public boolean isEmpty() {
      return newest == Long.MIN_VALUE;
    }

    /** Milliseconds since 1970; meaningless when empty. */
    public long oldestMillis() {
      return oldest;
    }

    /** Milliseconds since 1970; meaningless when empty. */
    public long newestMillis() {
      return newest;
    }
  }

  /**
   * @param classes where {@link ReadableState}s are looked for
   */
  public Readable(ClassLoader classes) {
    ServiceLoader.load(ReadableState.class, classes)
        .forEach(state -> states.put(state.stateName(), state));
  }

  /** A value as JSON. */
  public JsonNode toJson(StoredState state, Object value) throws IOException {
    return node(value, name(state), new EventTimes(), new ArrayDeque<>(), true);
  }

  /** Adds the event times within a value. */
  void times(StoredState state, Object value, EventTimes times) throws IOException {
    node(value, name(state), times, new ArrayDeque<>(), false);
  }

  /** Whether anything but hexadecimal digits can be made of the state's values. */
  boolean knows(StoredState state, Object value) {
    return !(value instanceof byte[]) || states.containsKey(state.name());
  }

  private static String name(StoredState state) {
    return state.name();
  }

  /**
   * @param write false when only event times are wanted; then the result is null
   */
  private JsonNode node(
      Object value, String name, EventTimes times, Deque<Object> above, boolean write)
      throws IOException {
    if (value == null) {
      return write ? JSON.nullNode() : null;
    }
    if (value instanceof Number number) {
      return number(number, name, times, write);
    }
    if (value instanceof CharSequence || value instanceof Enum || value instanceof Boolean) {
      return !write
          ? null
          : value instanceof Boolean flag
              ? JSON.booleanNode(flag)
              : JSON.textNode(value.toString());
    }
    if (value instanceof byte[] bytes) {
      ReadableState known = above.isEmpty() ? states.get(name) : null;
      return known == null
          ? (write ? hex(bytes) : null)
          : node(known.read(bytes), "", times, above, write);
    }
    if (above.size() > MAX_DEPTH || above.stream().anyMatch(each -> each == value)) {
      return write ? JSON.textNode("…") : null;
    }
    above.push(value);
    try {
      return composite(value, name, times, above, write);
    } finally {
      above.pop();
    }
  }

  private JsonNode composite(
      Object value, String name, EventTimes times, Deque<Object> above, boolean write)
      throws IOException {
    if (value instanceof Optional<?> optional) {
      return node(optional.orElse(null), name, times, above, write);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = write ? JSON.objectNode() : null;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        put(object, String.valueOf(entry.getKey()), entry.getValue(), times, above);
      }
      return object;
    }
    if (value instanceof Collection<?> collection) {
      return array(collection.toArray(), name, times, above, write);
    }
    if (value.getClass().isArray()) {
      Object[] elements = new Object[Array.getLength(value)];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = Array.get(value, i);
      }
      return array(elements, name, times, above, write);
    }
    if (value.getClass().getName().startsWith("java.")) {
      return write ? JSON.textNode(value.toString()) : null;
    }
    ObjectNode object = write ? JSON.objectNode() : null;
    for (Field field : fields.computeIfAbsent(value.getClass(), Readable::fieldsOf)) {
      try {
        put(object, field.getName(), field.get(value), times, above);
      } catch (IllegalAccessException e) {
        throw new IOException("Field " + field + " cannot be read", e);
      }
    }
    return object;
  }

  private JsonNode array(
      Object[] elements, String name, EventTimes times, Deque<Object> above, boolean write)
      throws IOException {
    ArrayNode array = write ? JSON.arrayNode() : null;
    for (Object element : elements) {
      JsonNode node = node(element, name, times, above, write);
      if (write) {
        array.add(node);
      }
    }
    return array;
  }

  private void put(
      ObjectNode object, String name, Object value, EventTimes times, Deque<Object> above)
      throws IOException {
    JsonNode node = node(value, name, times, above, object != null);
    if (object != null) {
      boolean time = name.endsWith(MILLIS) && (node.isTextual() || node.isNull());
      object.set(time ? name.substring(0, name.length() - MILLIS.length()) : name, node);
    }
  }

  private static JsonNode number(Number number, String name, EventTimes times, boolean write) {
    if (number instanceof Double || number instanceof Float) {
      return !write
          ? null
          : Double.isFinite(number.doubleValue())
              ? JSON.numberNode(number.doubleValue())
              : JSON.nullNode();
    }
    long value = number.longValue();
    if (name.endsWith(MILLIS)) {
      if (name.endsWith("ventTime" + MILLIS)) {
        times.add(value);
      }
      if (write && (value == Long.MAX_VALUE || value == Long.MIN_VALUE)) {
        return JSON.nullNode();
      }
      if (write && value >= FIRST_TIME) {
        return JSON.textNode(Instant.ofEpochMilli(value).toString());
      }
    }
    return write ? JSON.numberNode(value) : null;
  }

  private static JsonNode hex(byte[] bytes) {
    ObjectNode node = JSON.objectNode().put("bytes", bytes.length);
    int shown = Math.min(bytes.length, MAX_HEX);
    node.put("hex", HexFormat.of().formatHex(bytes, 0, shown) + (shown < bytes.length ? "…" : ""));
    return node;
  }

  /** Of records and of plain objects, inherited ones first. */
  private static Field[] fieldsOf(Class<?> type) {
    Deque<Field> found = new ArrayDeque<>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      Field[] own = each.getDeclaredFields();
      for (int i = own.length - 1; i >= 0; i--) {
        if (!Modifier.isStatic(own[i].getModifiers()) && !own[i].isSynthetic()) {
          own[i].setAccessible(true);
          found.push(own[i]);
        }
      }
    }
    return found.toArray(Field[]::new);
  }
}
