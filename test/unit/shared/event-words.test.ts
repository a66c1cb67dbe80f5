import { describe, expect, it } from 'vitest';
import { changeWords, eventWords } from '../../../shared/event-words.ts';
import type { RunEvent } from '../../../shared/trainer-events.ts';

describe('changeWords', () => {
  it('tells what was before, with what plateaus had made of the rate', () => {
    const before = { learningRate: 0.001, rateFactor: 0.5, momentum: 0 };
    expect(changeWords({ learningRate: 0.002, momentum: 0.9 }, before)).toBe(
      'Learning rate 0.0005 → 0.002; Momentum 0 → 0.9',
    );
    expect(changeWords(before, { learningRate: 0.002, momentum: 0.9 })).toBe(
      'Learning rate 0.002 → 0.0005; Momentum 0.9 → 0',
    );
  });

  it('of dropouts tells those that changed, by their numbers', () => {
    expect(changeWords({ dropRates: [0.1, 0.3, 0.2] }, { dropRates: [0.1, 0.2, 0.2] })).toBe(
      'Dropout 2 0.2 → 0.3',
    );
    expect(changeWords({ dropRates: [0.5] }, { dropRates: [0.1] })).toBe('Dropout 0.1 → 0.5');
  });

  it('of an earlier version’s record tells the new numbers alone', () => {
    expect(changeWords({ weightDecay: 0.1 })).toBe('Weight decay 0.1');
  });
});

it.each<[RunEvent, string]>([
  [{ type: 'pause-began', epoch: 1, step: 1 }, 'Paused'],
  [{ type: 'saved', epoch: 1, step: 1 }, 'Saved'],
  [
    { type: 'rate-lowered', epoch: 1, step: 1, learningRate: 0.1 * 0.7 },
    'Validation stood still: rate lowered to 0.07',
  ],
  [
    { type: 'stopped-early', epoch: 9, step: 9, best: { step: 4, epoch: 2, loss: 0.1234 } },
    'Stopped early: the best validation loss was 0.123, after epoch 2',
  ],
  [
    { type: 'goal-reached', epoch: 3, step: 9, goal: 'accuracy', asked: 0.985, reached: 0.98712 },
    'Goal reached: validation accuracy 98.71 %, of 98.5 % asked for',
  ],
  [
    { type: 'goal-reached', epoch: 3, step: 9, goal: 'loss', asked: 0.05, reached: 0.0498765 },
    'Goal reached: validation loss 0.04988, of 0.05 asked for',
  ],
  [
    { type: 'goal-reached', epoch: 3, step: 9, goal: 'minutes', asked: 1.5, reached: 1.501 },
    'Goal reached: 1 min 30 s of training, of 1 min 30 s asked for',
  ],
  [
    {
      type: 'changed',
      epoch: 1,
      step: 1,
      change: { dropRates: [0.5] },
      before: { dropRates: [0.5] },
    },
    'Changed, to the same numbers',
  ],
])('%j is told as “%s”', (event, words) => {
  expect(eventWords(event)).toBe(words);
});
