package io.foreshock.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the one {@link Installation} of a test run to the tests; stops it after the last one. */
final class WithInstallation implements ParameterResolver {

  /** Closed by JUnit with its store. */
  @SuppressWarnings("deprecation") // JUnit 5 closes this; from JUnit 6 on any AutoCloseable
  private record Kept(Installation installation)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    @Override
    public void close() {
      installation.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(Installation.class))
        .getOrComputeIfAbsent(Kept.class, key -> new Kept(new Installation()), Kept.class)
        .installation();
  }
}
