import { formatCount, formatRate } from '../format.ts';
import { goalWords } from '../goal-words.ts';
import type { LiveChange } from '../live-change.ts';
import type { RunEvent } from '../trainer-events.ts';

/** What happened to a run that a report tells; empty of what is only measured or saved. */
export function reportedEvent(event: RunEvent): string {
  switch (event.type) {
    case 'changed':
      return `Changed: ${changeText(event.change)}${event.before ? ` (before: ${changeText(event.before)})` : ''}`;
    case 'rate-lowered':
      return `Validation stood still: rate lowered to ${formatRate(event.learningRate)}`;
    case 'stopped-early':
      return 'Stopped early: validation did not get better any more';
    case 'goal-reached':
      return `Goal reached: ${goalWords(event)}`;
    case 'weights-edited':
      return `${formatCount(event.edits.length)} ${event.edits.length === 1 ? 'weight' : 'weights'} set by hand`;
    default:
      return '';
  }
}

const changeText = ({ learningRate, momentum, weightDecay, dropRates }: LiveChange): string =>
  [
    ...(learningRate === undefined ? [] : [`learning rate ${formatRate(learningRate)}`]),
    ...(momentum === undefined ? [] : [`momentum ${momentum}`]),
    ...(weightDecay === undefined ? [] : [`weight decay ${weightDecay}`]),
    ...(dropRates === undefined ? [] : [`dropout ${dropRates.join(', ')}`]),
  ].join('; ');
