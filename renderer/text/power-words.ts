import { formatPercent } from '../../shared/format.ts';
import type { Failure } from '../../shared/ipc.ts';
import type { PowerState } from '../../shared/desktop-calls.ts';

/** A speed below this share of the fastest is slower than usual. */
const SLOWER = 0.8;

/**
 * What the computer's power has to do with a run that has become slower.
 * @param now examples a second
 * @param most of this run
 * @returns null: it has not become slower, or the power does not explain it
 */
export function slownessWords(
  { onBattery, speedLimit, isHot }: PowerState,
  now: number,
  most: number,
): { short: string; sentence: string } | null {
  if (now === 0 || now >= SLOWER * most) return null;
  const share = formatPercent(now / most, 0);
  if (isHot)
    return {
      short: 'slower: hot',
      sentence: `Training is at ${share} of its fastest: the computer is hot, and its system slows it down. Give it air, or pause for a while.`,
    };
  if (speedLimit < 100)
    return {
      short: `slower: at ${speedLimit} %`,
      sentence: `Training is at ${share} of its fastest: the system lets the processor run at ${speedLimit} % of its speed.`,
    };
  if (onBattery)
    return {
      short: 'slower: on battery',
      sentence: `Training is at ${share} of its fastest, on the battery. Plug the computer in.`,
    };
  return null;
}

export const batteryLowNotice = (level: number): Failure => ({
  what: `The battery is at ${formatPercent(level, 0)}: the computer may fall asleep now, although a run trains.`,
  where: 'battery',
  remedy: 'Plug it in. A run that was interrupted goes on from its last checkpoint.',
});
