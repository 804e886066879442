package io.foreshock.bench;

import io.foreshock.model.AssetRef;
import io.foreshock.model.Signal;

/**
 * The signals of a case: always the same, without end. First the matches of the case are opened
 * (the prefill), then comes the traffic: one signal per asset and second of event time.
 *
 * <p>The relevant signals of an asset go round: for one open match {@code rough, hot, stuck}, which
 * is a match; for more, {@code rough} twice as often as matches are wanted, {@code hot}, {@code
 * stuck}; for none, {@code hot, stuck} ten times, then one match. With several patterns each round
 * belongs to the next pattern. Assets start at different points of their round, and one in sixteen
 * has had a whole round before.
 *
 * <p>A stream may be cut into parts by asset. Not thread-safe.
 */
final class SignalStream {

  /** 2026-03-01T00:00:00Z. */
  private static final long START = 1_772_323_200_000L;

  private static final int IRRELEVANT_NAMES = 16;
  private static final String CHANNEL = "vibration_rms_mm_s";

  private static final double HIGH = BenchPatterns.LIMIT + 0.4;
  private static final double TOO_LOW = BenchPatterns.LIMIT - 0.4;

  private final BenchCase c;
  private final AssetRef[] assets;
  private final int[] numbers;
  private final int[] prefill;
  private final int[] first;
  private final int[] offset;
  private final String[] irrelevant = new String[IRRELEVANT_NAMES];
  private final String[][] names;
  private final int cycle;
  private final int named;
  private final int period;
  private final int disorder;
  private final long prefillSize;
  private final long trafficStart;
  private long prefillLeft;
  private long round;
  private int next;
  private long latest = START;

  /**
   * @param part part of the stream, from 0
   * @param parts parts of the stream
   */
  SignalStream(BenchCase benchCase, int part, int parts) {
    c = benchCase;
    cycle = c.openMatches() == 0 ? 23 : c.openMatches() == 1 ? 3 : 2 * c.openMatches() + 2;
    named = (int) Math.round(1 / c.relevant());
    period = named * (int) Math.round(1 / c.accepted());
    disorder = Math.max(1, c.disorderSeconds());
    int size = (c.assets() - part + parts - 1) / parts;
    assets = new AssetRef[size];
    numbers = new int[size];
    prefill = new int[size];
    first = new int[size];
    offset = new int[size];
    long sum = 0;
    int longest = 2 * cycle;
    for (int i = 0; i < size; i++) {
      int number = part + i * parts;
      long hash = mix(number + 1);
      numbers[i] = number;
      assets[i] = new AssetRef("acme", String.format("pump-%06d", number), "pump");
      int position = (int) Math.floorMod(hash >>> 8, (long) cycle);
      first[i] = number % 16 == 0 ? position + cycle : position;
      prefill[i] = c.openMatches() > 0 || number % 16 == 0 ? first[i] : 0;
      offset[i] = (int) Math.floorMod(hash >>> 32, (long) period);
      sum += prefill[i];
    }
    prefillSize = sum;
    prefillLeft = sum;
    trafficStart = START + 1000L * (longest + 60);
    for (int i = 0; i < IRRELEVANT_NAMES; i++) {
      irrelevant[i] = "threshold-other-" + i;
    }
    names = new String[c.patterns()][];
    for (int p = 0; p < names.length; p++) {
      names[p] = BenchPatterns.symptoms(p).toArray(new String[0]);
    }
  }

  /** Signals that open the matches of the case, before the traffic. */
  long prefillSize() {
    return prefillSize;
  }

  /** Assets with an open match after the prefill. */
  int assetsWithOpenMatch() {
    int count = 0;
    for (int i = 0; i < prefill.length; i++) {
      count += prefill[i] % cycle > 0 ? 1 : 0;
    }
    return count;
  }

  /** Latest event time of the signals so far, milliseconds. */
  long latest() {
    return latest;
  }

  Signal next() {
    Signal signal = prefillLeft > 0 ? nextOfPrefill() : nextOfTraffic();
    latest = Math.max(latest, signal.eventTimeMillis());
    return signal;
  }

  private Signal nextOfPrefill() {
    while (round >= prefill[next]) {
      advance();
    }
    int asset = next;
    Signal signal = relevant(asset, round, time(START, round, asset));
    advance();
    if (--prefillLeft == 0) {
      round = 0;
      next = 0;
    }
    return signal;
  }

  private Signal nextOfTraffic() {
    int asset = next;
    long r = disorder == 1 ? round : shuffled(asset);
    long time = time(trafficStart, r, asset);
    long step = r + offset[asset];
    Signal signal;
    if (step % period == 0) {
      long n = first[asset] + step / period - (offset[asset] > 0 ? 1 : 0);
      signal = relevant(asset, n, time);
    } else if (step % named == 0) {
      String[] symptoms = names[(int) ((r + numbers[asset]) % names.length)];
      signal = signal(asset, symptoms[(int) (r % symptoms.length)], time, TOO_LOW);
    } else {
      int name = (int) (r * 7 + numbers[asset] & IRRELEVANT_NAMES - 1);
      signal = signal(asset, irrelevant[name], time, HIGH);
    }
    advance();
    return signal;
  }

  private void advance() {
    if (++next == assets.length) {
      next = 0;
      round++;
    }
  }

  /** The round whose signal comes in this one; a permutation within each bound's length. */
  private long shuffled(int asset) {
    long block = round / disorder;
    long hash = mix(block * 1_000_003 + numbers[asset]);
    int shift = (int) Math.floorMod(hash >>> 8, (long) disorder);
    int at = (int) (round % disorder);
    int mirrored = (hash & 1) == 0 ? at : disorder - 1 - at;
    return block * disorder + (mirrored + shift) % disorder;
  }

  private long time(long start, long r, int asset) {
    return start + 1000 * r + 1000L * numbers[asset] / c.assets();
  }

  /** The n-th relevant signal of an asset. */
  private Signal relevant(int asset, long n, long time) {
    String[] symptoms = names[(int) ((n / cycle + numbers[asset]) % names.length)];
    int position = (int) (n % cycle);
    int stage;
    if (position >= cycle - 2) {
      stage = position - cycle + 3;
    } else if (c.openMatches() == 0) {
      stage = position == cycle - 3 ? 0 : 1 + position % 2;
    } else {
      stage = 0;
    }
    return signal(asset, symptoms[stage], time, HIGH);
  }

  private Signal signal(int asset, String name, long time, double value) {
    return Signal.symptom(
        assets[asset], true, name, CHANNEL, time, value, BenchPatterns.LIMIT, value, false);
  }

  private static long mix(long z) {
    z *= 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
