package io.foreshock.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link Installation} of this process to the tests; it is stopped when the process
 * ends. (JUnit's own store is no place for it: the build runs each class as a run of its own.)
 */
final class WithInstallation implements ParameterResolver {

  private static final class Shared {
    static final Installation INSTALLATION = start();

    private static Installation start() {
      Installation installation = new Installation();
      Runtime.getRuntime().addShutdownHook(new Thread(installation::close, "stop-installation"));
      return installation;
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Shared.INSTALLATION;
  }
}
