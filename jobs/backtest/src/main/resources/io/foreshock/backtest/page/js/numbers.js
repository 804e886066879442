// Numbers as text. A figure that is not known is a dash.

const NONE = "–";

/** At most so many significant digits, thousands apart. */
export function number(value, digits = 3) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NONE;
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    return value.toPrecision(digits);
  }
  const whole = size >= 10 ** digits;
  return value.toLocaleString("en", whole ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits });
}

/** A share, as percent. */
export function percent(share) {
  if (share === null || share === undefined || !Number.isFinite(share)) {
    return NONE;
  }
  return `${(share * 100).toLocaleString("en", { maximumFractionDigits: 1 })} %`;
}

/** A length of time, e.g. 40 min, 24 h, 3.5 d. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return NONE;
  }
  if (seconds < 120) {
    return `${number(seconds)} s`;
  }
  if (seconds < 7200) {
    return `${number(seconds / 60)} min`;
  }
  return seconds < 96 * 3600 ? `${number(seconds / 3600)} h` : `${number(seconds / 86400)} d`;
}

/** A number and its noun. */
export function count(amount, one, many) {
  return `${amount.toLocaleString("en")} ${amount === 1 ? one : many}`;
}
