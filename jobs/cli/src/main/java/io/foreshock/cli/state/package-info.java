/** {@code foreshock state}: savepoints and retained checkpoints from outside. */
package io.foreshock.cli.state;
