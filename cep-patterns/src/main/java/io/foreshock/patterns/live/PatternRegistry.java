package io.foreshock.patterns.live;

import io.foreshock.model.PatternDocument;
import io.foreshock.patterns.CompiledPattern.OnChange;
import io.foreshock.patterns.definition.PatternDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * Which documents run, and which older versions open matches may still need. Every task that must
 * know keeps one; given the same files and the same changes in the same order, all are alike.
 *
 * <p>What runs under a key depends on the newest document of the topic and the file of that name
 * alone, not on their history: the topic's, unless the file's version is higher.
 *
 * <p>State: under {@code topic/<key>} the topic's document, under {@code runs/<key>} what runs,
 * under {@code old/<key>/<version>} what is retired.
 */
final class PatternRegistry {
  static final MapStateDescriptor<String, LivePattern> STATE =
      new MapStateDescriptor<>(
          "patterns", StringSerializer.INSTANCE, LivePatternSerializer.INSTANCE);

  private static final String TOPIC = "topic/";
  private static final String RUNS = "runs/";
  private static final String OLD = "old/";

  private final BroadcastState<String, LivePattern> state;
  private final DocumentReader reader;
  private final Map<String, PatternDocument> files = new HashMap<>();
  private final long graceMillis;

  PatternRegistry(
      BroadcastState<String, LivePattern> state, LiveRules rules, DocumentReader reader) {
    this.state = state;
    this.reader = reader;
    graceMillis = rules.engine().offlineGrace().toMillis();
    for (LiveRules.FileDocument file : rules.files()) {
      PatternDocument document = file.document();
      files.merge(document.key(), document, (a, b) -> a.version() >= b.version() ? a : b);
    }
  }

  /** Brings what was restored in line with the files as they are now. */
  void begin() throws Exception {
    TreeSet<String> keys = new TreeSet<>(files.keySet());
    for (String name : names()) {
      if (name.startsWith(RUNS)) {
        keys.add(name.substring(RUNS.length()));
      } else if (name.startsWith(TOPIC)) {
        keys.add(name.substring(TOPIC.length()));
      }
    }
    for (String key : keys) {
      settle(key, 0, LivePattern.UNKNOWN);
    }
  }

  /**
   * Takes a change that was accepted.
   *
   * @param document null when it was removed
   * @param timeMillis append time of the change
   * @param ingestMillis the ingest clock; {@link LivePattern#UNKNOWN} when it has not begun
   * @return whether anything that runs has changed
   */
  boolean apply(String key, PatternDocument document, long timeMillis, long ingestMillis)
      throws Exception {
    if (document == null) {
      state.remove(TOPIC + key);
    } else {
      state.put(TOPIC + key, LivePattern.running(document, 0));
    }
    boolean changed = forgetOld(ingestMillis);
    return settle(key, timeMillis, ingestMillis) || changed;
  }

  /** The topic's document under a key; null when there is none. */
  PatternDocument published(String key) throws Exception {
    LivePattern found = state.get(TOPIC + key);
    return found == null ? null : found.document();
  }

  /** The file's document under a key; null when there is none. */
  PatternDocument file(String key) {
    return files.get(key);
  }

  /** What runs, paused ones included, in the order of their keys. */
  List<LivePattern> running() throws Exception {
    return select(RUNS);
  }

  /** Older versions that open matches may need. */
  List<LivePattern> retired() throws Exception {
    return select(OLD);
  }

  private List<LivePattern> select(String prefix) throws Exception {
    Map<String, LivePattern> sorted = new TreeMap<>();
    for (Map.Entry<String, LivePattern> entry : state.immutableEntries()) {
      if (entry.getKey().startsWith(prefix)) {
        sorted.put(entry.getKey(), entry.getValue());
      }
    }
    return new ArrayList<>(sorted.values());
  }

  private List<String> names() throws Exception {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, LivePattern> entry : state.immutableEntries()) {
      names.add(entry.getKey());
    }
    return names;
  }

  private PatternDocument wanted(String key) throws Exception {
    PatternDocument published = published(key);
    PatternDocument file = files.get(key);
    return published != null
            && (file == null || published.version() >= file.version())
            // Another release, or other channels, may refuse what an earlier one accepted.
            && reader.read(published).definition() != null
        ? published
        : file;
  }

  private boolean settle(String key, long timeMillis, long ingestMillis) throws Exception {
    PatternDocument wanted = wanted(key);
    LivePattern before = state.get(RUNS + key);
    if (wanted == null) {
      dropOld(key);
      state.remove(RUNS + key);
      return before != null;
    }
    if (before == null) {
      state.put(RUNS + key, LivePattern.running(wanted, timeMillis));
      return true;
    }
    if (wanted.sameAs(before.document())) {
      return false;
    }
    boolean wasPaused = before.document().paused();
    boolean resumes = wasPaused && !wanted.paused();
    if (!wanted.paused() && !wasPaused && drains(wanted)) {
      if (wanted.version() != before.document().version()) {
        state.put(old(before.document()), before.retiredAt(ingestMillis));
      }
      state.remove(old(wanted));
    } else {
      dropOld(key);
    }
    long generation = resumes ? Math.max(timeMillis, before.generation() + 1) : before.generation();
    state.put(RUNS + key, LivePattern.running(wanted, generation));
    return true;
  }

  private boolean drains(PatternDocument document) {
    PatternDefinition definition = reader.read(document).definition();
    return definition != null && definition.onChange() == OnChange.DRAIN;
  }

  private void dropOld(String key) throws Exception {
    for (String name : names()) {
      if (name.startsWith(OLD + key + '/')) {
        state.remove(name);
      }
    }
  }

  /**
   * Forgets versions whose last open match has ended, or its asset has been given up.
   *
   * @return whether there was any
   */
  boolean forgetOld(long ingestMillis) throws Exception {
    boolean changed = false;
    if (ingestMillis == LivePattern.UNKNOWN) {
      return false;
    }
    for (LivePattern old : retired()) {
      if (old.retiredAtMillis() == LivePattern.UNKNOWN) {
        state.put(old(old.document()), old.retiredAt(ingestMillis));
      } else if (ingestMillis > forgetAt(old)) {
        state.remove(old(old.document()));
        changed = true;
      }
    }
    return changed;
  }

  /**
   * Ingest time after which {@link #forgetOld} has something to do; {@code Long.MAX_VALUE} when
   * nothing is retired.
   */
  long nextForgetting() throws Exception {
    long next = Long.MAX_VALUE;
    for (LivePattern old : retired()) {
      next = Math.min(next, forgetAt(old));
    }
    return next;
  }

  private long forgetAt(LivePattern old) {
    PatternDefinition definition = reader.read(old.document()).definition();
    return old.retiredAtMillis() == LivePattern.UNKNOWN || definition == null
        ? LivePattern.UNKNOWN
        : old.retiredAtMillis() + definition.within().toMillis() + graceMillis;
  }

  private static String old(PatternDocument document) {
    return OLD + document.key() + '/' + document.version();
  }
}
