/** Job: detections and commands to alerts and what people are told. */
package io.foreshock.alerts;
