/** Condition monitoring of hydraulic systems: a test rig, a cycle a minute, four components. */
package io.foreshock.backtest.data.hydraulic;
