import { formatCount, formatDuration, formatNumber } from '../../shared/format.ts';
import type { CurveAxis } from '../../shared/curve-view.ts';

/** Round numbers along an axis, with its unit at the last of them. */

export interface AxisTick {
  value: number;
  label: string;
}

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
/** Seconds apart that a clock's reader takes for round. */
const ROUND_TIMES = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  DAY,
];

/** Without the last bits of a product. */
const rounded = (value: number): number => Number(value.toPrecision(9));

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundNumber(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function distanceBetween(axis: CurveAxis, width: number, most: number): number {
  const least = width / most;
  if (axis === 'steps') return Math.max(1, roundNumber(least));
  if (axis === 'epochs') return roundNumber(least);
  if (least < 1) return roundNumber(least);
  return ROUND_TIMES.find((time) => time >= least) ?? roundNumber(least / DAY) * DAY;
}

/**
 * @param from and `to`: what the axis shows
 * @param most so many have room
 */
export function axisTicks(axis: CurveAxis, from: number, to: number, most: number): AxisTick[] {
  const distance = distanceBetween(axis, to - from, Math.max(most, 1));
  // Not −0, which would be written so.
  const first = Math.ceil(from / distance - 1e-9) + 0;
  const last = Math.floor(to / distance + 1e-9);
  const ticks: AxisTick[] = [];
  for (let k = first; k <= last; k += 1) {
    const value = k * distance;
    ticks.push({ value, label: tickLabel(axis, value, distance, k === last) });
  }
  return ticks;
}

function tickLabel(axis: CurveAxis, value: number, distance: number, isLast: boolean): string {
  switch (axis) {
    case 'steps':
      return isLast ? `${formatCount(value)} steps` : formatCount(value);
    case 'epochs': {
      const text = Number.isInteger(value) ? formatCount(value) : formatNumber(rounded(value));
      return isLast ? `${text} epochs` : text;
    }
    case 'time':
      return timeLabel(value, distance, isLast);
  }
}

/** Where a point lies, beside its step: 2.41 epochs, 1 min 05 s. */
export const axisText = (axis: CurveAxis, value: number): string =>
  axis === 'time' ? formatDuration(value) : `${formatCount(value)} ${axis}`;

/** Seconds, minutes or hours and minutes, whichever the ticks lie apart. */
function timeLabel(seconds: number, distance: number, isLast: boolean): string {
  if (distance < MINUTE) {
    const text =
      seconds < MINUTE || distance < 1
        ? formatNumber(rounded(seconds))
        : `${Math.floor(seconds / MINUTE)}:${String(Math.round(seconds % MINUTE)).padStart(2, '0')}`;
    return isLast ? `${text} ${text.includes(':') ? 'min' : 's'}` : text;
  }
  if (distance < HOUR && seconds < HOUR) {
    const text = String(Math.round(seconds / MINUTE));
    return isLast ? `${text} min` : text;
  }
  const minutes = Math.round((seconds % HOUR) / MINUTE);
  const text = `${Math.floor(seconds / HOUR)}:${String(minutes).padStart(2, '0')}`;
  return isLast ? `${text} h` : text;
}

/**
 * Of a logarithmic axis's ticks those that have room: powers of ten, all of them or every second, third and so on; as they are where it
 * has no two of them.
 */
export function logarithmicTicks<Tick extends { value: number }>(
  ticks: readonly Tick[],
  most: number,
): Tick[] {
  const exponentOf = ({ value }: Tick): number => Math.log10(value);
  const powers = ticks.filter((tick) => Math.abs(exponentOf(tick) % 1) < 1e-9);
  const [first, last] = [powers[0], powers.at(-1)];
  if (!first || !last || powers.length < 2) return [...ticks];
  const every = Math.ceil((exponentOf(last) - exponentOf(first) + 1) / most);
  return powers.filter((tick) => Math.round(exponentOf(tick)) % every === 0);
}
