import { expect, it } from 'vitest';
import type { StepResult } from '../../../../main/trainer/tensorflow/outcomes.ts';
import type { Run } from '../../../../main/trainer/training/run.ts';
import { runSteps } from '../../../../main/trainer/training/steps.ts';
import { seedRun } from '../../../../shared/presets.ts';
import { doneStep } from './observers/fake-training.ts';

const done: StepResult = {
  kind: 'done',
  outcome: doneStep(1).outcome,
  diagnostics: null,
};

/** A run of two examples a batch at step 5, whose network answers with these results. */
function runThatGives(results: StepResult[], diagnosticsEvery = 0): { run: Run; asked: string[] } {
  const config = seedRun();
  const asked: string[] = [];
  const answer = (name: string): StepResult[] => {
    asked.push(name);
    return results;
  };
  const count = 20;
  const run = {
    config: {
      ...config,
      data: { ...config.data, batchSize: 2 },
      training: { ...config.training, diagnosticsEvery },
    },
    cursor: { step: 5, position: 10 },
    dataset: { train: { images: new Uint8Array(count), labels: new Uint8Array(count), count } },
    imageSize: 1,
    session: {
      train: () => answer('train')[0],
      trainAndDiagnose: () => answer('trainAndDiagnose')[0],
      trainSeveral: () => answer('trainSeveral'),
    },
  };
  return { run: run as unknown as Run, asked };
}
const order = Uint32Array.from({ length: 20 }, (_, k) => k);

it('one step, or several, are told alike: numbered, with what each was fed', () => {
  const one = runThatGives([done]);
  expect(runSteps(one.run, order, [0.1])).toMatchObject({
    done: [{ number: 6, learningRate: 0.1, batch: { size: 2 } }],
    diverged: null,
  });
  const several = runThatGives([done, done]);
  const ran = runSteps(several.run, order, [0.1, 0.2]);
  expect(ran.done.map(({ number, learningRate }) => [number, learningRate])).toEqual([
    [6, 0.1],
    [7, 0.2],
  ]);
  expect([...one.asked, ...several.asked]).toEqual(['train', 'trainSeveral']);
});

it('the step that diverged comes after those that were done, and none comes after it', () => {
  const { run } = runThatGives([done, { kind: 'diverged' }]);
  const ran = runSteps(run, order, [0.1, 0.2, 0.3]);
  expect(ran.done.map(({ number }) => number)).toEqual([6]);
  expect(ran.diverged).toMatchObject({ number: 7, learningRate: 0.2 });
});

it('every so many steps one is diagnosed', () => {
  const { run, asked } = runThatGives([done], 5);
  runSteps(run, order, [0.1]);
  expect(asked).toEqual(['trainAndDiagnose']);
});
