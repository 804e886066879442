/** Alerts on the command line: what is open, why, and what people say about it. */
package io.foreshock.cli.alerts;
