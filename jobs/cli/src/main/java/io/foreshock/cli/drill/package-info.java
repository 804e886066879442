/** {@code foreshock drill}: restores on real processes, compared record by record. */
package io.foreshock.cli.drill;
