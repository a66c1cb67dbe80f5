import { expect, it } from 'vitest';
import { WaitedQuestions } from '../../../main/trainer/waited-questions.ts';
import type { Question } from '../../../shared/questions.ts';

const image = (ink: number) => ({
  ...{ height: 1, width: 2, channels: 1, pixels: Uint8Array.of(0, ink) },
});

it('nobody waits for answers about several pictures that are asked for in turn', () => {
  const waited = new WaitedQuestions();
  const inTurn = Array.from({ length: 16 }, (_, ink) => image(ink));
  const ask = () => inTurn.map((each) => waited.isWaitedFor({ type: 'predict', image: each }));
  expect(ask()).toEqual(inTurn.map(() => true));
  expect(ask()).toEqual(inTurn.map(() => false));
});

it('a person waits for a new picture’s answers, not for those of the same one once more', () => {
  const waited = new WaitedQuestions();
  const ask = (question: Question): boolean => waited.isWaitedFor(question);
  expect(ask({ type: 'predict', image: image(1) })).toBe(true);
  expect(ask({ type: 'predict', image: image(1) })).toBe(false);
  expect(ask({ type: 'all-activations', image: image(1) })).toBe(false);
  expect(ask({ type: 'all-activations', image: image(2) })).toBe(true);
  expect(ask({ type: 'saliency', image: image(2), class: null })).toBe(false);
  // What is asked for by a press of a button is always waited for.
  const steps = { type: 'change-towards', class: 0, changed: null, steps: 5 } as const;
  expect(ask({ ...steps, image: image(2) })).toBe(true);
  expect(ask({ ...steps, image: image(2) })).toBe(true);
  expect(ask({ type: 'filters' })).toBe(false);
  expect(ask({ type: 'weights-histogram' })).toBe(true);
});
