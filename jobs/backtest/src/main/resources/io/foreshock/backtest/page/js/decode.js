// Points of a channel, as Packed.java writes them.

/** Bytes of a text in base64. */
function bytes(text) {
  const raw = atob(text);
  const result = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) {
    result[i] = raw.charCodeAt(i);
  }
  return result;
}

/**
 * Times (seconds) and values of a channel. Where the recording has a gap, a null stands between
 * two points, so that no line is drawn across it.
 */
export function decodeChannel(channel) {
  const packedTimes = bytes(channel.times);
  const packedValues = bytes(channel.values);
  const half = (channel.high / 2 - channel.low / 2) / 65535;
  const times = [];
  const values = [];
  let millis = channel.origin;
  let at = 0;
  for (let i = 0; i * 2 < packedValues.length; i++) {
    let difference = 0;
    let factor = 1;
    let byte;
    do {
      byte = packedTimes[at++];
      difference += (byte & 0x7f) * factor;
      factor *= 128;
    } while (byte >= 0x80);
    const step = difference * channel.step;
    if (i > 0 && step > channel.gap) {
      times.push((millis + step / 2) / 1000);
      values.push(null);
    }
    millis += step;
    times.push(millis / 1000);
    const share = packedValues[2 * i] + 256 * packedValues[2 * i + 1];
    values.push(channel.low + 2 * half * share);
  }
  return { times, values };
}
