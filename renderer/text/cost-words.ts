import { formatBytes, formatCount, formatDuration } from '../../shared/format.ts';
import type { RunCost } from '../../shared/run-cost.ts';

const UNKNOWN = '–';

/** What a run costs, as its names and values are shown: "Time here", "about 50 s". */
export function costFacts(cost: RunCost): readonly (readonly [name: string, value: string])[] {
  const { seconds, steps, checkpointBytes, memoryBytes, mayEndSooner } = cost;
  const [around, most] = mayEndSooner ? ['up to', 'up to '] : ['about', ''];
  return [
    ['Time here', seconds === null ? UNKNOWN : `${around} ${formatDuration(seconds)}`],
    ['Steps', steps === null ? UNKNOWN : `${most}${formatCount(steps)}`],
    ['A checkpoint', checkpointBytes === null ? UNKNOWN : formatBytes(checkpointBytes)],
    ['Memory', memoryBytes === null ? UNKNOWN : formatBytes(memoryBytes)],
  ];
}
