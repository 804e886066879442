/** {@code foreshock chaos}: faults at random, and a comparison record by record. */
package io.foreshock.cli.chaos;
