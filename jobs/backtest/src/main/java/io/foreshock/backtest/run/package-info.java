/** Records through the job's own pipeline, inside this process. */
package io.foreshock.backtest.run;
