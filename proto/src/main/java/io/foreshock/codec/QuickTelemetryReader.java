package io.foreshock.codec;

import com.google.protobuf.CodedOutputStream;
import io.foreshock.model.AssetRef;
import io.foreshock.model.Channel;
import io.foreshock.model.ChannelRegistry;
import io.foreshock.model.Measurement;
import io.foreshock.model.TelemetryBatch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Reads what nearly all messages are, readings and nothing else, with nothing wrong, straight from
 * their bytes: the rules are checked on the way, names come from a cache, and nothing is made but
 * the batch. Of every other message it says null, and {@link TelemetryCodec} and {@link
 * TelemetryRules} have the word; a differential test holds the two ways together.
 *
 * <p>Not thread-safe.
 */
public final class QuickTelemetryReader {
  private static final int MOST_READINGS = 10_000;
  private static final int MOST_BOOT_LENGTH = 64;
  private static final int MOST_MESSAGE_ID_LENGTH = 128;

  // Tags of TelemetryMessage: number of the field and form.
  private static final int TENANT = 1 << 3 | WireScanner.BYTES;
  private static final int DEVICE_ID = 2 << 3 | WireScanner.BYTES;
  private static final int ASSET_ID = 3 << 3 | WireScanner.BYTES;
  private static final int ASSET_CLASS = 4 << 3 | WireScanner.BYTES;
  private static final int BOOT_ID = 5 << 3 | WireScanner.BYTES;
  private static final int SEQUENCE = 6 << 3 | WireScanner.VARINT;
  private static final int MESSAGE_ID = 7 << 3 | WireScanner.BYTES;
  private static final int SENT_AT = 8 << 3 | WireScanner.VARINT;
  private static final int MEASUREMENTS = 9 << 3 | WireScanner.BYTES;

  // Tags of Measurement.
  private static final int CHANNEL = 1 << 3 | WireScanner.BYTES;
  private static final int EVENT_TIME = 2 << 3 | WireScanner.VARINT;
  private static final int VALUE = 3 << 3 | WireScanner.FIXED64;

  private final NameCache<Range> channels;
  private final NameCache<String> ids =
      new NameCache<>(13, text -> TelemetryRules.isId(text) ? text : null);
  private final NameCache<String> boots =
      new NameCache<>(13, text -> text.length() <= MOST_BOOT_LENGTH ? text : null);
  private final NameCache<String> slugs =
      new NameCache<>(6, text -> TelemetryRules.isSlug(text, true) ? text : null);

  private final AssetRef[] assets = new AssetRef[1 << 13];

  private final WireScanner in = new WireScanner();

  /** Whether readings are made of a message that can do without. */
  private final boolean readingsWanted;

  private Measurement[] readings = new Measurement[64];
  private boolean making;
  private String channelBefore;
  private long timeBefore;
  private long oldestMillis;
  private long newestMillis;
  private int size;
  private boolean inOrder;

  /** Where the readings begin and end in the message. */
  private int readingsFrom;

  private int readingsTo;

  /** Whether nothing stands between the readings, and each is written as we would write it. */
  private boolean asWritten;

  /** A channel that a message may name, and what its sensors can report. */
  private record Range(String channel, double minimum, double maximum) {}

  /**
   * @param registry known channels and their ranges; a channel that is not known passes unchecked
   */
  public QuickTelemetryReader(ChannelRegistry registry) {
    this(registry, true);
  }

  /**
   * @param registry known channels and their ranges; a channel that is not known passes unchecked
   * @param readingsWanted whether somebody will look at the readings; without, they are checked and
   *     stay as bytes until somebody does, where they can
   */
  public QuickTelemetryReader(ChannelRegistry registry, boolean readingsWanted) {
    this.readingsWanted = readingsWanted;
    channels = new NameCache<>(10, name -> range(name, registry));
  }

  private static Range range(String name, ChannelRegistry registry) {
    if (!TelemetryRules.isChannel(name)) {
      return null;
    }
    Channel known = registry.find(name);
    return known == null
        ? new Range(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new Range(name, known.minimum(), known.maximum());
  }

  /**
   * Reads a message.
   *
   * @param tenant tenant by the topic's name
   * @param appendTimeMillis when the broker appended the record
   * @param latestMillis a reading dated later is refused
   * @param liveFromMillis a batch whose newest reading is older is marked backlog
   * @return null when there is anything to be looked at more closely
   */
  public TelemetryBatch read(
      byte[] message,
      String tenant,
      long appendTimeMillis,
      long latestMillis,
      long liveFromMillis) {
    return read(message, tenant, appendTimeMillis, latestMillis, liveFromMillis, readingsWanted);
  }

  private TelemetryBatch read(
      byte[] message,
      String tenant,
      long appendTimeMillis,
      long latestMillis,
      long liveFromMillis,
      boolean makeReadings) {
    in.begin(message);
    size = 0;
    making = makeReadings;
    oldestMillis = Long.MAX_VALUE;
    newestMillis = Long.MIN_VALUE;
    inOrder = true;
    asWritten = true;
    String device = "";
    String asset = "";
    String assetClass = "";
    String boot = "";
    String messageId = "";
    long sequence = 0;
    while (in.at < message.length) {
      int field = in.at;
      switch ((int) in.varint()) {
        case TENANT -> {
          String claimed = name(slugs);
          if (claimed == null || !claimed.isEmpty() && !claimed.equals(tenant)) {
            return null;
          }
        }
        case DEVICE_ID -> device = name(ids);
        case ASSET_ID -> asset = name(ids);
        case ASSET_CLASS -> assetClass = name(slugs);
        case BOOT_ID -> boot = name(boots);
        case SEQUENCE -> sequence = in.varint();
        case MESSAGE_ID -> messageId = messageId();
        case SENT_AT -> {
          long sentAt = in.varint();
          if (sentAt < 0 || sentAt > TelemetryRules.LAST_EPOCH_MILLIS) {
            return null;
          }
        }
        case MEASUREMENTS -> {
          if (size == 0) {
            readingsFrom = field;
          } else {
            asWritten &= field == readingsTo;
          }
          if (!readMeasurement(field, latestMillis)) {
            return null;
          }
          readingsTo = in.at;
        }
        default -> {
          return null;
        }
      }
      if (in.failed
          || device == null
          || asset == null
          || assetClass == null
          || boot == null
          || messageId == null) {
        return null;
      }
    }
    if (device.isEmpty()
        || boot.isEmpty() && messageId.isEmpty()
        || sequence < 0
        || sequence > TelemetryRules.LAST_SEQUENCE) {
      return null;
    }
    boolean asTheyCame = inOrder && asWritten;
    if (size > 0 && !making && !asTheyCame) {
      return read(message, tenant, appendTimeMillis, latestMillis, liveFromMillis, true);
    }
    return new TelemetryBatch(
        asset(tenant, asset.isEmpty() ? device : asset, assetClass),
        device,
        boot,
        sequence,
        messageId,
        appendTimeMillis,
        size > 0 && newestMillis < liveFromMillis,
        measurements(asTheyCame),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * @param from where the field begins
   */
  private boolean readMeasurement(int from, long latestMillis) {
    int size = in.length(in.bytes.length);
    int end = in.at + size;
    int before = 0;
    int length = 0;
    Range channel = null;
    long time = 0;
    double value = 0;
    while (in.at < end) {
      int tag = (int) in.varint();
      asWritten &= tag > before;
      before = tag;
      switch (tag) {
        case CHANNEL -> {
          length = in.length(end);
          channel = channels.get(in.bytes, in.at, length);
          in.at += length;
          if (channel == null) {
            return false;
          }
        }
        case EVENT_TIME -> time = in.varint();
        case VALUE -> value = in.fixed64();
        default -> {
          return false;
        }
      }
    }
    if (in.failed
        || in.at != end
        || channel == null
        || !TelemetryRules.isEventTime(time)
        || time > latestMillis
        || !Double.isFinite(value)
        || !(value >= channel.minimum() && value <= channel.maximum())
        || this.size == MOST_READINGS) {
      return false;
    }
    // Longer where a number is padded, or something is written that is left out by others.
    asWritten &=
        size == TelemetryWriter.size(length, time, value)
            && end - from == 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    add(channel.channel(), time, value);
    return true;
  }

  private void add(String channel, long time, double value) {
    // By event time, then channel.
    inOrder &=
        time > timeBefore
            || size == 0
            || time == timeBefore && channelBefore.compareTo(channel) <= 0;
    channelBefore = channel;
    timeBefore = time;
    oldestMillis = Math.min(oldestMillis, time);
    newestMillis = Math.max(newestMillis, time);
    if (making) {
      if (size == readings.length) {
        readings = Arrays.copyOf(readings, 2 * size);
      }
      readings[size] = new Measurement(channel, time, value);
    }
    size++;
  }

  private List<Measurement> measurements(boolean asTheyCame) {
    if (size == 0) {
      return List.of();
    }
    Measurement[] items = making ? Arrays.copyOf(readings, size) : null;
    if (asTheyCame) {
      return new EncodedMeasurements(
          in.bytes,
          readingsFrom,
          readingsTo - readingsFrom,
          size,
          oldestMillis,
          newestMillis,
          items);
    }
    if (!inOrder) {
      Arrays.sort(items, TelemetryItems::compare);
    }
    return Collections.unmodifiableList(Arrays.asList(items));
  }

  /** The same object for the same asset, most of the time, so that its key is made once. */
  private AssetRef asset(String tenant, String id, String assetClass) {
    int place = id.hashCode() & assets.length - 1;
    AssetRef known = assets[place];
    if (known != null
        && known.assetId().equals(id)
        && known.tenant().equals(tenant)
        && known.assetClass().equals(assetClass)) {
      return known;
    }
    AssetRef made = new AssetRef(tenant, id, assetClass);
    assets[place] = made;
    return made;
  }

  /** Empty when the field is; null when it must be looked at. */
  private String name(NameCache<String> cache) {
    int length = in.length(in.bytes.length);
    if (length == 0) {
      return "";
    }
    String name = cache.get(in.bytes, in.at, length);
    in.at += length;
    return name;
  }

  private String messageId() {
    int length = in.length(in.bytes.length);
    if (length > MOST_MESSAGE_ID_LENGTH || !NameCache.isPrintableAscii(in.bytes, in.at, length)) {
      return null;
    }
    String id = new String(in.bytes, in.at, length, StandardCharsets.ISO_8859_1);
    in.at += length;
    return id;
  }
}
