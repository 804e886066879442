/** Commands about feature sets: check, schemas, a Feast repository. */
package io.foreshock.cli.features;
