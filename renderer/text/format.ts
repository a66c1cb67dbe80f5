/** Numbers as a person reads them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (value: number): string => whole.format(value);

/** 0.9812 -> "98.1%"; a nearly certain 0.9999 stays "99.9%" rather than become "100.0%". */
export function percent(share: number, digits = 1): string {
  const factor = 10 ** digits;
  const rounded = Math.round(share * 100 * factor) / factor;
  const most = share < 1 ? 100 - 1 / factor : 100;
  return `${Math.min(rounded, most).toFixed(digits)}%`;
}

/** A loss: three significant digits, however small. */
export function loss(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toPrecision(3);
}

export function duration(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const h = Math.floor(total / 3600);
  const min = Math.floor((total % 3600) / 60);
  const s = total % 60;
  if (h > 0) return `${h} h ${String(min).padStart(2, '0')} min`;
  if (min > 0) return `${min} min ${String(s).padStart(2, '0')} s`;
  return `${s} s`;
}

/** A weight with its sign: a true minus, so that columns line up. */
export const signed = (value: number, digits = 3): string =>
  `${value < 0 ? '−' : value > 0 ? '+' : ''}${Math.abs(value).toFixed(digits)}`;

/** A path in two parts, so that a narrow place can shorten its middle and keep the end. */
export function splitPath(path: string, tail = 24): readonly [head: string, tail: string] {
  const lastSeparator = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const at = Math.max(lastSeparator, path.length - tail, 0);
  return [path.slice(0, at), path.slice(at)];
}
