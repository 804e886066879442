package io.foreshock.manifests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Optional;

/**
 * Rung 3: asks the operator's own validator, in a class loader of its own, because the newest
 * operator on Maven Central (1.7.0) was built with an older Flink.
 *
 * <p>It sees a copy of the deployment in words that it knows: an older version of Flink, and two
 * directories by their former keys. What it says about them is translated back.
 */
final class OperatorValidator implements AutoCloseable {
  private static final String API = "org.apache.flink.kubernetes.operator.";
  private static final Map<String, String> FORMER_KEYS =
      Map.of(
          "execution.checkpointing.savepoint-dir", "state.savepoints.dir",
          "execution.checkpointing.dir", "state.checkpoints.dir");

  private final URLClassLoader loader;
  private final Object mapper;
  private final Class<?> deploymentType;
  private final Object validator;

  OperatorValidator(OperatorLibrary library) {
    loader =
        new URLClassLoader(
            "operator", library.validatorClassPath(), ClassLoader.getPlatformClassLoader());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Class<?> configurationType = type("org.apache.flink.configuration.Configuration");
      Object configuration = configurationType.getConstructor().newInstance();
      Class<?> managerType = type(API + "config.FlinkConfigManager");
      Object manager = managerType.getConstructor(configurationType).newInstance(configuration);
      deploymentType = type(API + "api.FlinkDeployment");
      validator =
          type(API + "validation.DefaultValidator")
              .getConstructor(managerType)
              .newInstance(manager);
      mapper = type("com.fasterxml.jackson.databind.ObjectMapper").getConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new ManifestException("The operator's validator does not start: " + cause(e), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  void check(Resource deployment, Findings findings) {
    message(deployment)
        .ifPresent(
            said ->
                findings.add(
                    3,
                    deployment,
                    FieldPath.of("spec"),
                    "the operator refuses it: " + said.replaceFirst("[.]?$", "."),
                    "Correct what it names."));
  }

  private Optional<String> message(Resource deployment) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object typed =
          mapper
              .getClass()
              .getMethod("readValue", String.class, Class.class)
              .invoke(mapper, lowered(deployment), deploymentType);
      Method validate = validator.getClass().getMethod("validateDeployment", deploymentType);
      @SuppressWarnings("unchecked")
      Optional<String> said = (Optional<String>) validate.invoke(validator, typed);
      return said.map(OperatorValidator::raised);
    } catch (InvocationTargetException e) {
      return Optional.of(raised(String.valueOf(cause(e)).lines().findFirst().orElse("")));
    } catch (ReflectiveOperationException e) {
      throw new ManifestException("The operator's validator cannot be asked: " + e, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String lowered(Resource deployment) {
    ObjectNode copy = deployment.body().deepCopy();
    ObjectNode spec = (ObjectNode) copy.get("spec");
    if (spec.path("flinkVersion").asText().startsWith("v2_")) {
      spec.put("flinkVersion", "v1_18");
    }
    ObjectNode options = spec.putObject("flinkConfiguration");
    deployment
        .flinkConfiguration()
        .forEach((key, value) -> options.put(FORMER_KEYS.getOrDefault(key, key), value));
    return copy.toString();
  }

  private static String raised(String said) {
    String text = said;
    for (Map.Entry<String, String> former : FORMER_KEYS.entrySet()) {
      text = text.replace(former.getValue(), former.getKey());
    }
    return text;
  }

  private static String cause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, true, loader);
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new ManifestException("Cannot close the operator's jars: " + e.getMessage(), e);
    }
  }
}
