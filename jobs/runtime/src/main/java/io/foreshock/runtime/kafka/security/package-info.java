/** How clients of Kafka prove who they are, and where their secrets come from. */
package io.foreshock.runtime.kafka.security;
