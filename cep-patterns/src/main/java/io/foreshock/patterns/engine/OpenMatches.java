package io.foreshock.patterns.engine;

import io.foreshock.model.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one pattern has open for one asset, decoded. One serves all patterns and assets of a task,
 * one after the other: it is filled from the bytes of one asset's pattern and emptied before the
 * next.
 */
final class OpenMatches {

  final TakenSignals signals = new TakenSignals();
  final Links links = new Links();

  /** Open matches and the start state. */
  MatchQueue open = new MatchQueue(links);

  /** Complete, but held back by an open match that began earlier. */
  final MatchQueue completed = new MatchQueue(links);

  private MatchQueue spare = new MatchQueue(links);
  private int[] newLinks = new int[16];
  private int[] newSignals = new int[16];

  boolean isEmpty() {
    return signals.size() == 0 && links.size() == 0 && open.isEmpty() && completed.isEmpty();
  }

  void clear() {
    signals.clear();
    links.clear();
    open.clear();
    completed.clear();
    spare.clear();
  }

  /** An empty queue to fill and to {@link #replace} the open matches with. */
  MatchQueue fresh() {
    spare.clear();
    return spare;
  }

  /** The queue that {@link #fresh} gave holds the open matches from now on. */
  void replace() {
    MatchQueue old = open;
    open = spare;
    spare = old;
  }

  /** Open matches, and complete ones that are held back; the start state is no match. */
  int count() {
    int count = completed.size();
    for (int i = 0; i < open.size(); i++) {
      count += open.end(i) == MatchQueue.NO_LINK ? 0 : 1;
    }
    return count;
  }

  /** Lets go of links and signals that no match leads to. */
  void compact() {
    if (newLinks.length < links.size()) {
      newLinks = new int[2 * links.size()];
    }
    if (newSignals.length < signals.size()) {
      newSignals = new int[2 * signals.size()];
    }
    Arrays.fill(newLinks, 0, links.size(), Links.NONE);
    Arrays.fill(newSignals, 0, signals.size(), Links.NONE);
    int marked = mark(open) + mark(completed);
    if (marked == links.size()) {
      return;
    }
    number(newLinks, links.size());
    number(newSignals, signals.size());
    links.compact(newLinks, newSignals);
    signals.compact(newSignals);
    renumber(open);
    renumber(completed);
  }

  private int mark(MatchQueue queue) {
    int marked = 0;
    for (int i = 0; i < queue.size(); i++) {
      for (int link = queue.end(i);
          link != Links.NONE && newLinks[link] == Links.NONE;
          link = links.previous(link)) {
        newLinks[link] = 0;
        newSignals[links.signal(link)] = 0;
        marked++;
      }
    }
    return marked;
  }

  private static void number(int[] marks, int size) {
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (marks[i] != Links.NONE) {
        marks[i] = next++;
      }
    }
  }

  private void renumber(MatchQueue queue) {
    for (int i = 0; i < queue.size(); i++) {
      if (queue.end(i) != MatchQueue.NO_LINK) {
        queue.renumber(i, newLinks[queue.end(i)]);
      }
    }
  }

  long startTime(int end) {
    return signals.time(links.first(end));
  }

  long previousTime(int end) {
    return signals.time(links.signal(end));
  }

  /** Signals that a match has taken, by stage, stages and signals in the order of the match. */
  Map<String, List<Signal>> taken(int end, StateGraph graph) {
    int length = 0;
    for (int link = end; link != Links.NONE; link = links.previous(link)) {
      length++;
    }
    int[] way = new int[length];
    for (int link = end; link != Links.NONE; link = links.previous(link)) {
      way[--length] = link;
    }
    Map<String, List<Signal>> taken = new LinkedHashMap<>();
    for (int link : way) {
      taken
          .computeIfAbsent(graph.page(links.stage(link)), stage -> new ArrayList<>())
          .add(signals.get(links.signal(link)));
    }
    return taken;
  }

  /** Signals that a stage has taken in a match, in their order. */
  List<Signal> taken(int end, int stage) {
    List<Signal> taken = new ArrayList<>();
    for (int link = end; link != Links.NONE; link = links.previous(link)) {
      if (links.stage(link) == stage) {
        taken.add(signals.get(links.signal(link)));
      }
    }
    Collections.reverse(taken);
    return taken;
  }
}
