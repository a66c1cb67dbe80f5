import { expect, it } from 'vitest';
import { EvaluationProgress } from '../../../../../main/trainer/training/observers/evaluation-progress.ts';
import { Progress } from '../../../../../main/trainer/training/progress.ts';
import { fakeTraining } from './fake-training.ts';
import type { TrainerEvent } from '../../../../../shared/trainer-events.ts';

it.each([
  ['validation', 3],
  ['test', 2],
] as const)('tells how far a %s is, and of which epoch', (part, epoch) => {
  const { run } = fakeTraining({}, {});
  Object.assign(run.cursor, { epoch: 2, step: 20 });
  const told: TrainerEvent[] = [];
  const observer = new EvaluationProgress(
    { run, emit: (event) => told.push(event) },
    part,
    10,
    new Progress(),
  );
  observer.onEvaluatedBatch({ examples: 4, seconds: 1 });
  observer.onEvaluatedBatch({ examples: 4, seconds: 1 });
  observer.onHalt();
  const event = { type: 'progress', phase: 'evaluating', detail: part, epoch, step: 20 };
  expect(told[0]).toMatchObject({ ...event, done: 4, total: 10 });
  expect(told.at(-1)).toMatchObject({ ...event, done: 8 });
});
