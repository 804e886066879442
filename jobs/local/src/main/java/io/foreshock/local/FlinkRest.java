package io.foreshock.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks and orders a Flink cluster by its REST interface. Thread-safe. */
public final class FlinkRest {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
  private static final Duration SAVEPOINT_LIMIT = Duration.ofSeconds(60);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile URI address;

  /**
   * @param address e.g. {@code http://127.0.0.1:8081}
   */
  public FlinkRest(URI address) {
    this.address = address;
  }

  public URI address() {
    return address;
  }

  /** From now on asks another JobManager of the same cluster; each answers for the leader. */
  void moveTo(URI other) {
    address = other;
  }

  /**
   * One job as the cluster lists it.
   *
   * @param id 32 hexadecimal digits
   * @param name name given by the job
   * @param state e.g. {@code RUNNING}, {@code RESTARTING}, {@code FINISHED}
   */
  public record Job(String id, String name, String state) {}

  /** Slots that the TaskManagers offer, taken ones included. */
  public int slots() {
    return get("/overview").path("slots-total").asInt();
  }

  /** All jobs the cluster knows, ended ones included. */
  public List<Job> jobs() {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      jobs.add(
          new Job(job.path("jid").asText(), job.path("name").asText(), job.path("state").asText()));
    }
    return jobs;
  }

  /** State of a job, e.g. {@code RUNNING}. */
  public String state(String job) {
    return get("/jobs/" + job).path("state").asText();
  }

  /** True when the job runs and so does every one of its tasks. */
  public boolean isRunning(String job) {
    JsonNode answer = get("/jobs/" + job);
    boolean running = answer.path("state").asText().equals("RUNNING");
    for (JsonNode vertex : answer.path("vertices")) {
      running &= vertex.path("status").asText().equals("RUNNING");
    }
    return running;
  }

  /** Waits until every task of the job runs. */
  public void awaitRunning(String job, Duration atMost) {
    Await.until(
        "job " + job + " to run",
        atMost,
        () -> isRunning(job),
        () -> isOver(job) ? "it is " + state(job) + ": " + rootException(job) : null);
  }

  /**
   * How often a task of the job was restarted since it was submitted: the highest attempt number.
   *
   * <p>The metric {@code numRestarts} is not asked: metrics stand still for ten seconds after a
   * TaskManager has died, just when one wants to know. This answer is at most a second old.
   */
  public int restarts(String job) {
    int highest = 0;
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      String path = "/jobs/" + job + "/vertices/" + vertex.path("id").asText();
      for (JsonNode subtask : get(path).path("subtasks")) {
        highest = Math.max(highest, subtask.path("attempt").asInt());
      }
    }
    return highest;
  }

  /** Checkpoints completed since the job was submitted. */
  public long completedCheckpoints(String job) {
    return get("/jobs/" + job + "/checkpoints").path("counts").path("completed").asLong();
  }

  /** Latest failure of the job with its stack trace; empty when there was none. */
  public String rootException(String job) {
    JsonNode entries = get("/jobs/" + job + "/exceptions").path("exceptionHistory").path("entries");
    return entries.isEmpty() ? "" : entries.get(0).path("stacktrace").asText();
  }

  /**
   * Metric of the whole job.
   *
   * @throws LocalClusterException when the cluster does not report it (yet)
   */
  public long jobMetric(String job, String name) {
    JsonNode values = get("/jobs/" + job + "/metrics?get=" + name);
    if (values.isEmpty()) {
      throw new LocalClusterException("No metric " + name + " of job " + job + " yet.");
    }
    return values.get(0).path("value").asLong();
  }

  /** Any answer as JSON; {@code path} begins with a slash. */
  public JsonNode get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  /** Ends a job without a savepoint and waits for its end. */
  public void cancel(String job) {
    send(
        HttpRequest.newBuilder(address.resolve("/jobs/" + job + "?mode=cancel"))
            .method("PATCH", HttpRequest.BodyPublishers.noBody()));
    Await.until("the end of job " + job, Duration.ofSeconds(60), () -> isOver(job));
  }

  /** Takes a canonical savepoint while the job runs on and returns its path. */
  public String savepoint(String job, Path folder) {
    return operation(
        job,
        "/jobs/" + job + "/savepoints",
        "{\"target-directory\":\"" + folder.toUri() + "\",\"formatType\":\"CANONICAL\"}");
  }

  /** Takes a canonical savepoint, ends the job and returns the savepoint's path. */
  public String stopWithSavepoint(String job, Path folder) {
    return operation(
        job,
        "/jobs/" + job + "/stop",
        "{\"targetDirectory\":\"" + folder.toUri() + "\",\"formatType\":\"CANONICAL\"}");
  }

  private String operation(String job, String path, String body) {
    JsonNode trigger =
        send(
            HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    String status = "/jobs/" + job + "/savepoints/" + trigger.path("request-id").asText();
    Await.until(
        "a savepoint of job " + job,
        SAVEPOINT_LIMIT,
        () -> get(status).path("status").path("id").asText().equals("COMPLETED"));
    JsonNode result = get(status).path("operation");
    if (result.has("failure-cause")) {
      throw new LocalClusterException(
          "The savepoint of job "
              + job
              + " failed: "
              + result.path("failure-cause").path("class").asText());
    }
    return result.path("location").asText();
  }

  private boolean isOver(String job) {
    return List.of("FAILED", "CANCELED", "FINISHED").contains(state(job));
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpRequest built = request.timeout(ANSWER_LIMIT).build();
    try {
      HttpResponse<String> answer = http.send(built, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new LocalClusterException(
            built.method() + " " + built.uri() + " was answered with " + answer.body());
      }
      return json.readTree(answer.body());
    } catch (IOException e) {
      throw new LocalClusterException("Flink does not answer on " + built.uri() + ".", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalClusterException("Interrupted while asking Flink.", e);
    }
  }
}
