package io.foreshock.k8s.process;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API server that stores resources and notifies watchers, and lets a service account do what its
 * Role says: every request with its token is checked and remembered.
 */
final class ApiServer implements AutoCloseable {
  private static final Pattern PATH =
      Pattern.compile("/(?:api|apis/[^/]+)/[^/]+/namespaces/([^/]+)/([^/?]+)(?:/([^/?]+))?.*");

  private final Map<String, Role> roles = new ConcurrentHashMap<>();
  private final Set<String> asked = new ConcurrentSkipListSet<>();
  private final Set<String> refused = new ConcurrentSkipListSet<>();
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  ApiServer(String address, int port) {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Guarded(), false);
    try {
      server.init(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
    client = server.createClient();
  }

  /** A client that may do everything, as a kubelet or the operator. */
  KubernetesClient client() {
    return client;
  }

  /** Token that pods of a service account carry. */
  static String token(String serviceAccount) {
    return "token-of-" + serviceAccount;
  }

  /** From now on the service account may do what the role says. */
  void bind(String serviceAccount, Role role) {
    roles.put(token(serviceAccount), role);
  }

  /** What service accounts have asked for: {@code get pods}, one each. */
  Set<String> asked() {
    return new TreeSet<>(asked);
  }

  /** What they were refused. */
  Set<String> refused() {
    return new TreeSet<>(refused);
  }

  private final class Guarded extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String authorization = request.getHeader("Authorization");
      if (authorization != null && authorization.startsWith("Bearer token-of-")) {
        String right = right(request);
        asked.add(right);
        if (!allows(roles.get(authorization.substring("Bearer ".length())), right)) {
          refused.add(right);
          return new MockResponse()
              .setResponseCode(403)
              .setHeader("Content-Type", "application/json")
              .setBody(
                  "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":403,\"reason\":\"Forbidden\",\"message\":\"cannot "
                      + right
                      + "\"}");
        }
      }
      return super.dispatch(request);
    }
  }

  /** Verb and resource of a request, as a Role names them. */
  private static String right(RecordedRequest request) {
    Matcher path = PATH.matcher(request.getPath());
    if (!path.matches()) {
      return request.getMethod() + " " + request.getPath();
    }
    boolean named = path.group(3) != null;
    boolean watch = request.getPath().contains("watch=true");
    String verb =
        switch (request.getMethod()) {
          case "POST" -> "create";
          case "PUT" -> "update";
          case "PATCH" -> "patch";
          case "DELETE" -> named ? "delete" : "deletecollection";
          default -> watch ? "watch" : named ? "get" : "list";
        };
    return verb + " " + path.group(2);
  }

  private static boolean allows(Role role, String right) {
    List<PolicyRule> rules = role == null ? List.of() : role.getRules();
    String[] pair = right.split(" ", 2);
    return rules.stream()
        .anyMatch(
            rule -> rule.getVerbs().contains(pair[0]) && rule.getResources().contains(pair[1]));
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
