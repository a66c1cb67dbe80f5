import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { seedRun } from '../../../../shared/presets.ts';
import type { TrainerEventOf } from '../../../../shared/trainer-events.ts';
import { TerminalNotes } from '../../../../main/trainer/terminal/notes.ts';

const started: TrainerEventOf<'started'> = {
  type: 'started',
  config: seedRun(),
  parameters: 1,
  device: 'some processor',
  precision: 'float32',
  precisionReason: 'Chosen.',
  restoredFrom: null,
  branch: 1,
  forks: [],
  weightsFrom: null,
  examples: { train: 100, validation: 10, test: 10 },
  stepsPerEpoch: 10,
  totalSteps: 100,
};

const pace = (number: number): TrainerEventOf<'pace'> => ({
  type: 'pace',
  epoch: 1,
  step: number,
  loss: 1.5,
  examplesPerSecond: 1234,
  secondsLeft: 90,
});

/** What is printed of a step each second for 25 seconds, and of what the run ends with. */
function printed(isTTY: boolean, start: TrainerEventOf<'started'>): string[] {
  let now = 0;
  const out = Object.assign(new PassThrough(), { isTTY });
  const notes = new TerminalNotes(out, () => now);
  notes.print(start);
  for (let k = 1; k <= 25; k++) {
    now += 1000;
    notes.print(pace(k));
  }
  notes.print({ type: 'saved', path: '/runs/model.ckpt-25', step: 25, epoch: 1, seed: 1 });
  const test = { loss: 1, accuracy: 0.5 };
  notes.print({ type: 'finished', epoch: 1, step: 25, test, seconds: 25 });
  return String(out.read()).trimEnd().split('\n');
}

it('piped, it tells now and then how far it is, and at the end where the model lies', () => {
  expect(printed(false, started)).toEqual([
    'Epoch 1, step 10 of 100, cost 1.500, 1,234 examples/s, 1 min 30 s left',
    'Epoch 1, step 20 of 100, cost 1.500, 1,234 examples/s, 1 min 30 s left',
    'The model is in /runs/model.ckpt-25.',
  ]);
});

it('piped, it tells of a long validation, test and save too', () => {
  let now = 0;
  const out = Object.assign(new PassThrough(), { isTTY: false });
  const notes = new TerminalNotes(out, () => now);
  notes.print(started);
  const tell = (phase: 'evaluating' | 'saving', detail: 'validation' | 'test' | ''): void => {
    for (let k = 1; k <= 10; k++) {
      now += 1000;
      const done = phase === 'saving' ? 0 : k * 250;
      const at = { epoch: 1, step: 10, done, total: done && 4000, secondsLeft: 90 };
      notes.print({ type: 'progress', phase, detail, ...at });
    }
  };
  tell('evaluating', 'validation');
  tell('saving', '');
  tell('evaluating', 'test');
  expect(String(out.read()).trimEnd().split('\n')).toEqual([
    'Validation of epoch 1, 2,500 of 4,000 examples, 1 min 30 s left',
    'Saving, step 10, 1 min 30 s left',
    'Test, 2,500 of 4,000 examples, 1 min 30 s left',
  ]);
});

it('on a terminal, where a line keeps changing, only where the model lies', () => {
  expect(printed(true, started)).toEqual(['The model is in /runs/model.ckpt-25.']);
});

it('says that nothing is left, by what', () => {
  const restoredFrom = { path: '/runs/model.ckpt-100', step: 100, epoch: 10, seed: 1 };
  expect(printed(true, { ...started, restoredFrom })[0]).toBe(
    'Nothing is left to train: 10 of 10 epochs (--epochs).',
  );
  const at = { ...restoredFrom, epoch: 3 };
  const loss = { goal: 'loss', asked: 0.05, reached: 0.04 } as const;
  expect(printed(true, { ...started, restoredFrom: at, goalReached: loss })[0]).toBe(
    'Nothing is left to train: validation loss 0.04, of 0.05 asked for (--stop-at-loss).',
  );
  const minutes = { goal: 'minutes', asked: 2, reached: 2.01 } as const;
  expect(printed(true, { ...started, restoredFrom: at, goalReached: minutes })[0]).toContain(
    '2 min 00 s asked for (--stop-after-minutes).',
  );
});
