/** From the broker's bytes to checked batches; what cannot be used becomes a dead letter. */
package io.foreshock.operators.decode;
