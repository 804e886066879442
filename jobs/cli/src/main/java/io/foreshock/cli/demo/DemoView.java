package io.foreshock.cli.demo;

/** How a running demo is shown. */
interface DemoView {

  /** Something happened that is told once, e.g. the broker is ready. */
  void say(String sentence);

  /** The demo moved on; called about twice a second. */
  void show(DemoState state);

  /** A detection was seen. */
  void detected(SeenDetection detection);

  /** Nothing more will be shown. */
  void end();
}
