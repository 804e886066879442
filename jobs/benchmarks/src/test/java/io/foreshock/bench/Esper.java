package io.foreshock.bench;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.configuration.common.ConfigurationCommonEventTypeBean;
import com.espertech.esper.common.client.util.AccessorStyle;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPStatement;
import io.foreshock.model.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The same patterns over the same signals in Esper: in memory, on one thread, nothing durable. For
 * signals in order only.
 */
final class Esper implements AutoCloseable {

  private static final int SLICE = 512;
  private static final String LIMIT = ", value >= " + BenchPatterns.LIMIT;

  private final EPRuntime runtime;
  private final EPEventService events;
  private final List<String> matches;
  private long time;

  private Esper(BenchCase c, boolean collect) throws Exception {
    matches = collect ? new ArrayList<>() : null;
    Configuration configuration = new Configuration();
    ConfigurationCommonEventTypeBean signal = new ConfigurationCommonEventTypeBean();
    signal.setAccessorStyle(AccessorStyle.EXPLICIT);
    signal.addMethodProperty("asset", "asset");
    signal.addMethodProperty("name", "name");
    signal.addMethodProperty("value", "value");
    configuration.getCommon().addEventType("Signal", Signal.class.getName(), signal);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    EPCompiled compiled =
        EPCompilerProvider.getCompiler().compile(epl(c), new CompilerArguments(configuration));
    runtime = EPRuntimeProvider.getRuntime("foreshock-bench", configuration);
    runtime.initialize();
    events = runtime.getEventService();
    events.advanceTime(0);
    EPDeployment deployment = runtime.getDeploymentService().deploy(compiled);
    for (EPStatement statement : deployment.getStatements()) {
      if (statement.getName().startsWith("bearing")) {
        statement.addListener((added, removed, from, in) -> matched(from.getName(), added));
      }
    }
  }

  private static String epl(BenchCase c) {
    StringBuilder epl = new StringBuilder("create context ByAsset partition by asset from Signal;");
    for (int p = 0; p < c.patterns(); p++) {
      List<String> symptoms = BenchPatterns.symptoms(p);
      epl.append("\n@name('").append(BenchPatterns.name(p)).append("') context ByAsset ");
      epl.append("select * from pattern @DiscardPartialsOnMatch @SuppressOverlappingMatches [");
      epl.append("every a=Signal(name='")
          .append(symptoms.get(0))
          .append("'")
          .append(LIMIT)
          .append(") -> (");
      epl.append("b=Signal(name='")
          .append(symptoms.get(1))
          .append("'")
          .append(LIMIT)
          .append(") -> ");
      epl.append("c=Signal(name='")
          .append(symptoms.get(2))
          .append("'")
          .append(LIMIT)
          .append(")) where timer:within(");
      epl.append(BenchPatterns.WITHIN.toSeconds()).append(" sec)];");
    }
    return epl.toString();
  }

  /** Signals per second. */
  static double measure(BenchCase c, Duration warmUp, Duration time) throws Exception {
    try (Esper esper = new Esper(c, false)) {
      SignalStream stream = new SignalStream(c, 0, 1);
      // Esper makes what it keeps of an asset at the asset's first signal.
      for (long i = stream.prefillSize() + c.assets(); i > 0; i--) {
        esper.send(stream.next());
      }
      esper.sendFor(stream, warmUp);
      long start = System.nanoTime();
      long sent = esper.sendFor(stream, time);
      return sent / ((System.nanoTime() - start) / 1e9);
    }
  }

  /** Matches in the beginning of a case's stream; as {@link Cluster#matches}. */
  static List<String> matches(BenchCase c, int parts, long trafficPerPart) throws Exception {
    try (Esper esper = new Esper(c, true)) {
      Signal[] next = new Signal[parts];
      long[] left = new long[parts];
      SignalStream[] streams = new SignalStream[parts];
      for (int p = 0; p < parts; p++) {
        streams[p] = new SignalStream(c, p, parts);
        left[p] = streams[p].prefillSize() + trafficPerPart;
        next[p] = left[p]-- > 0 ? streams[p].next() : null;
      }
      while (true) {
        int first = -1;
        for (int p = 0; p < parts; p++) {
          if (next[p] != null
              && (first < 0 || next[p].eventTimeMillis() < next[first].eventTimeMillis())) {
            first = p;
          }
        }
        if (first < 0) {
          return esper.matches.stream().sorted().toList();
        }
        esper.send(next[first]);
        next[first] = left[first]-- > 0 ? streams[first].next() : null;
      }
    }
  }

  private long sendFor(SignalStream stream, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    long sent = 0;
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < SLICE; i++) {
        send(stream.next());
      }
      sent += SLICE;
    }
    return sent;
  }

  private void send(Signal signal) {
    if (signal.eventTimeMillis() != time) {
      time = signal.eventTimeMillis();
      events.advanceTime(time);
    }
    events.sendEventBean(signal, "Signal");
  }

  private void matched(String pattern, EventBean[] added) {
    if (matches == null) {
      return;
    }
    for (EventBean match : added) {
      StringBuilder text = new StringBuilder(pattern);
      for (String stage : List.of("a", "b", "c")) {
        Signal signal = (Signal) match.get(stage);
        if (text.length() == pattern.length()) {
          text.append(' ').append(signal.asset().key());
        }
        text.append(' ').append(signal.eventTimeMillis());
      }
      matches.add(text.toString());
    }
  }

  @Override
  public void close() {
    runtime.destroy();
  }
}
