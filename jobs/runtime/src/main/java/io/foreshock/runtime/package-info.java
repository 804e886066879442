/** What every job needs around its graph: start, configuration, environment, Kafka. */
package io.foreshock.runtime;
