/** Devices of which it is known what must come out, and the comparison with what did. */
package io.foreshock.chaos.truth;
