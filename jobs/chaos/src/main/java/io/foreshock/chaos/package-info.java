/**
 * Breaks a real installation at random (processes killed and stopped, a broker restarted, a full
 * disk) while devices send, and compares what came out with what must come out.
 */
package io.foreshock.chaos;
