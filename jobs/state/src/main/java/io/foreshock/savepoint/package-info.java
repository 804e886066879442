/**
 * Savepoints and retained checkpoints from outside: what they hold, whether a build can restore
 * them, how two differ. Starts no job and changes nothing.
 */
package io.foreshock.savepoint;
