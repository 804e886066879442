package io.foreshock.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The JobManagers of a cluster, by number from 0, dead or alive. Keeps {@link FlinkRest} pointed at
 * one that can answer.
 */
final class JobManagers {

  private record JobManager(ChildProcess process, URI address, Path log) {}

  private final FlinkHome home;
  private final FlinkRest rest;
  private final List<JobManager> all = new ArrayList<>();

  /**
   * @param rest its address is the first one's
   */
  JobManagers(FlinkHome home, FlinkRest rest) {
    this.home = home;
    this.rest = rest;
  }

  int start() {
    int number = all.size();
    // The only one answers where clients look for it.
    int port = live().isEmpty() ? rest.address().getPort() : FreePorts.next();
    List<String> main =
        new ArrayList<>(
            List.of(
                FlinkProcesses.JOB_MANAGER,
                "--configDir",
                home.conf().toString(),
                // Before anything unknown to this class: there it stops reading, without a word.
                "-Drest.port=" + port,
                "-Drest.bind-port=" + port));
    main.addAll(FlinkProcesses.jobManagerArguments(home.configuration()));
    String name = number == 0 ? "jobmanager" : "jobmanager-" + number;
    all.add(
        new JobManager(
            home.start(name, FlinkProcesses.jobManagerFlags(home.configuration()), main),
            URI.create("http://127.0.0.1:" + port),
            home.log(name)));
    return number;
  }

  void kill(int number) {
    all.get(number).process().kill();
    askALiveOne(-1);
  }

  void pause(int number) {
    all.get(number).process().pause();
    askALiveOne(number);
  }

  void resume(int number) {
    all.get(number).process().resume();
  }

  Path log(int number) {
    return all.get(number).log();
  }

  /** Numbers of those that live. */
  List<Integer> live() {
    List<Integer> live = new ArrayList<>();
    for (int number = 0; number < all.size(); number++) {
      if (all.get(number).process().isAlive()) {
        live.add(number);
      }
    }
    return live;
  }

  /** By REST, of one that lives. */
  FlinkRest rest() {
    for (JobManager jobManager : all) {
      if (jobManager.address().equals(rest.address()) && !jobManager.process().isAlive()) {
        askALiveOne(-1);
        break;
      }
    }
    return rest;
  }

  private void askALiveOne(int except) {
    for (int number : live()) {
      if (number != except) {
        rest.moveTo(all.get(number).address());
        return;
      }
    }
  }

  /** How the last one died, when none lives; null otherwise. */
  String obituary() {
    return live().isEmpty() && !all.isEmpty() ? all.get(all.size() - 1).process().obituary() : null;
  }

  void stop(Duration atMost) {
    for (JobManager jobManager : all) {
      if (jobManager.process().isAlive()) {
        jobManager.process().resume();
        jobManager.process().stop(atMost);
      }
    }
  }
}
