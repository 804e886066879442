/** Each device's messages in its own order, once, with what is missing counted. */
package io.foreshock.operators.order;
