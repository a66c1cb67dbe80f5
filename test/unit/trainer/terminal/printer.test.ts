import { describe, expect, it } from 'vitest';
import { seedRun } from '../../../../shared/presets.ts';
import type { PaceEvent, TrainerEventOf } from '../../../../shared/trainer-events.ts';
import { TerminalPrinter, type Wanted } from '../../../../main/trainer/terminal/printer.ts';
import type { EvaluatedScore } from '../../../../shared/score.ts';

/** A terminal that keeps what is printed on it. */
function printed(wanted: Partial<Wanted> = {}): { printer: TerminalPrinter; text: () => string } {
  let text = '';
  const out = { isTTY: true, columns: 200, write: (more: string) => (text += more) !== '' };
  const printer = new TerminalPrinter(out as unknown as NodeJS.WriteStream, {
    diagnostics: false,
    classes: false,
    ...wanted,
  });
  return { printer, text: () => text };
}

type Started = TrainerEventOf<'started'>;

function started(
  more: Partial<Started>,
  training: Partial<Started['config']['training']> = {},
): Started {
  const config = seedRun();
  return {
    type: 'started',
    config: { ...config, training: { ...config.training, epochs: 3, ...training } },
    parameters: 1,
    device: 'here',
    precision: 'float32',
    precisionReason: '',
    restoredFrom: null,
    branch: 1,
    forks: [],
    weightsFrom: null,
    examples: { train: 400, validation: 50, test: 100 },
    stepsPerEpoch: 7,
    totalSteps: 21,
    ...more,
  };
}

const pace = (epoch: number, number: number): PaceEvent => ({
  type: 'pace',
  epoch,
  step: number,
  loss: 1,
  examplesPerSecond: 1000,
  secondsLeft: 1,
});

const confusion = Array.from({ length: 10 }, (_, row) =>
  Array.from({ length: 10 }, (__, column) => (row === column ? 3 : row === 0 ? 1 : 0)),
);
const validation: EvaluatedScore = { loss: 0.5, accuracy: 0.75, topTwo: 0.9, confusion };

const epoch = (number: number, at: number): TrainerEventOf<'epoch'> => ({
  type: 'epoch',
  epoch: number,
  step: at,
  batches: 7,
  train: { loss: 1, accuracy: 0.5 },
  validation,
});

const restoredAt = (at: number, epochs: number) => ({
  path: `model.ckpt-${at}`,
  step: at,
  epoch: epochs,
  seed: 1,
});

describe('the place in the epoch', () => {
  /** What the progress line says of each step's place. */
  function places(...events: Parameters<TerminalPrinter['print']>[0][]): string[] {
    const { printer, text } = printed();
    for (const event of events) printer.print(event);
    return [...text().matchAll(/\] (.*?), cost/g)].map(([, place = '']) => place);
  }

  it('is counted from the epoch’s first step', () => {
    const events = [started({}), pace(1, 1), pace(1, 7), epoch(1, 7), pace(2, 8), pace(2, 14)];
    expect(places(...events)).toEqual(['1/7', '7/7', '1/7', '7/7']);
  });

  it('goes on within an epoch, and is right where its batches were of another size', () => {
    // Three steps of 64 were done; 208 of 400 examples are left, 7 of the 13 steps of 32.
    const restoredFrom = restoredAt(3, 0);
    const twice = { restoredFrom, stepsPerEpoch: 13, totalSteps: 3 + 7 + 2 * 13 };
    const events = [started(twice), pace(1, 4), pace(1, 10), epoch(1, 10), pace(2, 11)];
    expect(places(...events)).toEqual(['7/13', '13/13', '1/13']);
    const same = { restoredFrom, totalSteps: 21 };
    expect(places(started(same), pace(1, 4))).toEqual(['4/7']);
  });

  it('after an epoch of another batch size begins at one', () => {
    const restored = { restoredFrom: restoredAt(7, 1), stepsPerEpoch: 13, totalSteps: 7 + 26 };
    expect(places(started(restored), pace(2, 8))).toEqual(['1/13']);
  });

  it('is not guessed where --max-steps hides it; the step of the run is told', () => {
    const restored = { restoredFrom: restoredAt(3, 0), stepsPerEpoch: 13, totalSteps: 12 };
    const events = [started(restored, { maxSteps: 12 }), pace(1, 4), epoch(1, 10), pace(2, 11)];
    expect(places(...events)).toEqual(['step 4/12', '1/13']);
    expect(places(started({ totalSteps: 5 }, { maxSteps: 5 }), pace(1, 4))).toEqual(['4/7']);
  });
});

describe('the changing line', () => {
  const progress = (
    phase: 'evaluating' | 'saving',
    detail: 'validation' | 'test' | '',
    done: number,
    secondsLeft: number | null,
  ): TrainerEventOf<'progress'> => ({
    type: 'progress',
    phase,
    detail,
    epoch: detail === 'validation' ? 1 : 3,
    step: detail === 'validation' ? 7 : 21,
    done,
    total: done === 0 ? 0 : 4000,
    secondsLeft,
  });

  it('goes on through validation, saving and the test', () => {
    const { printer, text } = printed();
    const examples = { train: 400, validation: 4000, test: 4000 };
    printer.print(started({ examples }));
    for (const event of [
      pace(1, 7),
      progress('evaluating', 'validation', 2000, 75),
      progress('saving', '', 0, null),
      progress('evaluating', 'test', 4000, 0.2),
    ])
      printer.print(event);
    const lines = text().split('\r\x1b[K').slice(1);
    expect(lines).toEqual([
      'Epoch 1/3 [█···········] 7/7, cost 1.000, 1,000 examples/s, 1 s left',
      'Epoch 1/3 [██··········] validation 2,000/4,000, 1 min 15 s left',
      '[██████████··] saving',
      '[████████████] test 4,000/4,000, 0 s left',
    ]);
  });

  it('gives way to what is printed for good', () => {
    const { printer, text } = printed();
    printer.print(started({}));
    printer.print(progress('evaluating', 'validation', 50, 1));
    printer.print(epoch(1, 7));
    expect(text()).toContain('1 s left\r\x1b[KTraining: epoch 1');
  });
});

const diagnostics: TrainerEventOf<'diagnostics'> = {
  type: 'diagnostics',
  epoch: 1,
  step: 51,
  layers: [
    {
      layer: 0,
      name: 'convolution_1',
      gradientNorm: 0.0123,
      updateNorm: 1.5e-5,
      weightNorm: 12.34,
      deadShare: 0.125,
    },
    {
      layer: 3,
      name: 'dense_1',
      gradientNorm: 2,
      updateNorm: 0,
      weightNorm: 1,
      deadShare: null,
    },
  ],
};

describe('what is printed besides', () => {
  const events = [started({}), diagnostics, epoch(1, 7)];
  const textOf = (wanted: Partial<Wanted>): string => {
    const { printer, text } = printed(wanted);
    for (const event of events) printer.print(event);
    return text();
  };

  it('is nothing unless asked for', () => {
    expect(textOf({})).toBe(
      'Created new model.\n1 parameters, float32 on here. \n' +
        'Training: epoch 1, batch 7, cost 1.000, accuracy 0.500\n' +
        'Validation: epoch 1, cost 0.500, accuracy 0.750\n',
    );
  });

  it('with --diagnostics is a table of the layers', () => {
    expect(textOf({ diagnostics: true })).toContain(
      [
        'Step 51        gradient   update  weights    dead',
        'convolution_1   1.23e-2  1.50e-5  1.23e+1  12.5 %',
        'dense_1         2.00e+0  0.00e+0  1.00e+0       –',
        'Training: epoch 1',
      ].join('\n'),
    );
  });

  it('with --classes is each class’s precision and recall after each epoch', () => {
    const text = textOf({ classes: true });
    expect(text).toContain('Among the first two answers: 90.0 %\nClass  Precision   Recall\n');
    expect(text).toContain('    0    100.0 %   25.0 %\n    1     75.0 %  100.0 %\n');
  });

  it('of more than ten classes tells how often the class is among five answers', () => {
    const textOfClasses = (classes: number): string => {
      const { printer, text } = printed({ classes: true });
      const counts = Array.from({ length: classes }, () => 4);
      const perClass = { examples: counts, correct: counts, answered: counts };
      const score = { loss: 0.5, accuracy: 1, topTwo: 0.9, topFive: 0.95, perClass };
      printer.print({ ...epoch(1, 7), validation: score });
      return text();
    };
    expect(textOfClasses(11)).toContain(
      'first two answers: 90.0 %\nAmong the first five answers: 95.0 %\nClass  Precision   Recall\n',
    );
    expect(textOfClasses(11)).toContain('   10    100.0 %  100.0 %\n');
    expect(textOfClasses(10)).toContain('first two answers: 90.0 %\nClass  Precision   Recall\n');
  });
});
