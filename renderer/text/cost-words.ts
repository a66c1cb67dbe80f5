import { formatBytes, formatCount, formatDuration } from '../../shared/format.ts';
import type { RunCost } from '../../shared/run-cost.ts';

const UNKNOWN = '–';

/** What a run costs, as its names and values are shown: "Time here", "about 50 s". */
export function costFacts(cost: RunCost): readonly (readonly [name: string, value: string])[] {
  const { seconds, steps, checkpointBytes, memoryBytes, mayEndSooner } = cost;
  const most = mayEndSooner ? 'up to ' : '';
  const time = formatDuration(seconds ?? 0);
  return [
    ['Time here', seconds === null ? UNKNOWN : mayEndSooner ? `up to ${time}` : `about ${time}`],
    ['Steps', steps === null ? UNKNOWN : `${most}${formatCount(steps)}`],
    ['A checkpoint', checkpointBytes === null ? UNKNOWN : formatBytes(checkpointBytes)],
    ['Memory', memoryBytes === null ? UNKNOWN : formatBytes(memoryBytes)],
  ];
}
