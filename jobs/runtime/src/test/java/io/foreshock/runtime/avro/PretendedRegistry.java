package io.foreshock.runtime.avro;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers as Confluent's registry does, and says no on request. What a real one does is tested
 * where one is started.
 */
final class PretendedRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final List<String> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private volatile int status;
  private volatile String body;

  PretendedRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method, path and user of every question so far. */
  List<String> questions() {
    return questions;
  }

  Map<String, List<Integer>> subjects() {
    return subjects;
  }

  /** Every answer from now on; status 0 for right ones. */
  void answerAlways(int status, String body) {
    this.body = body;
    this.status = status;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String user = exchange.getRequestHeaders().getFirst("Authorization");
    questions.add(exchange.getRequestMethod() + " " + path + (user == null ? "" : " as " + user));
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (status != 0) {
      send(exchange, status, body);
      return;
    }
    String[] parts = path.split("/");
    if (path.startsWith("/schemas/ids/")) {
      int id = Integer.parseInt(parts[3]);
      if (id > schemas.size()) {
        send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
      } else {
        send(exchange, 200, JSON.createObjectNode().put("schema", schemas.get(id - 1)).toString());
      }
      return;
    }
    String schema = JSON.readTree(sent).path("schema").asText();
    List<Integer> versions = subjects.get(parts[2]);
    int known = schemas.indexOf(schema) + 1;
    if (parts.length == 3 && (versions == null || !versions.contains(known))) {
      send(exchange, 404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
      return;
    }
    if (known == 0) {
      schemas.add(schema);
      known = schemas.size();
    }
    if (parts.length == 4) {
      subjects.computeIfAbsent(parts[2], name -> new ArrayList<>()).add(known);
    }
    send(exchange, 200, "{\"id\":" + known + "}");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
