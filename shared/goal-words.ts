import { formatDuration, formatPercent, formatPrecise } from './format.ts';
import type { ReachedGoal } from './recorded-events.ts';

/** What a run has reached, and its goal: "validation accuracy 99.12 %, of 99 % asked for". */
export function goalWords({ goal, asked, reached }: ReachedGoal): string {
  switch (goal) {
    case 'accuracy':
      return `validation accuracy ${formatPercent(reached, 2)}, of ${shortNumber(100 * asked)} % asked for`;
    case 'loss':
      return `validation loss ${shortNumber(reached)}, of ${shortNumber(asked)} asked for`;
    case 'minutes':
      return `${formatDuration(60 * reached)} of training, of ${formatDuration(60 * asked)} asked for`;
  }
}

const shortNumber = (value: number): string => formatPrecise(value, 4);
