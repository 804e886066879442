package io.foreshock.local;

import java.io.IOException;
import java.util.Arrays;

/**
 * First main class of every process that this package starts: runs another main class, and ends the
 * process when the parent is gone.
 *
 * <p>The parent holds the other end of standard input. However the parent ends, {@code kill -9}
 * included, the pipe closes and this process halts: no orphan keeps a port or a data folder.
 *
 * <p>Arguments: the main class, then its arguments.
 */
public final class ChildMain {

  private ChildMain() {}

  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(ChildMain::haltWhenParentIsGone, "watch-parent");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    try {
      Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (java.lang.reflect.InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void haltWhenParentIsGone() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent; only the end of the stream means something.
      }
    } catch (IOException closed) {
      // The same news.
    }
    Runtime.getRuntime().halt(143);
  }
}
