/** Sources, sinks and start checks on Kafka topics of tenants. */
package io.foreshock.runtime.kafka;
