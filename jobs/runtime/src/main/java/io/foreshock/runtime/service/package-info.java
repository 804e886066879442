/** What plain services share, processes beside the Flink jobs: start, stop, TLS files, metrics. */
package io.foreshock.runtime.service;
