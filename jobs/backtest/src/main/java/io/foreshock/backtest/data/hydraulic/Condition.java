package io.foreshock.backtest.data.hydraulic;

/**
 * State of the rig in one cycle.
 *
 * @param cooler 3 close to total failure, 20 reduced efficiency, 100 full efficiency
 * @param valve 100 optimal switching, 90 small lag, 80 severe lag, 73 close to total failure
 * @param stable conditions had settled
 */
record Condition(int cooler, int valve, boolean stable) {}
