import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOf, milestoneBefore, trendOf, type LossStep } from '../../../shared/loss-trend.ts';
import { verdictOf, type JudgedEpoch, type JudgedRun } from '../../../shared/run-verdict.ts';

/** Histories made as training makes them: a course, and batches that differ from it by some share. */

/** Repeatable draws, 0 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const guessing = Math.log(10);
interface Made {
  course: (step: number) => number;
  /** Of a batch from the course, as a share. */
  spread?: number;
  last: number;
  stepsPerEpoch?: number;
  validation?: (epoch: number) => number;
  seed?: number;
}

function made({
  course,
  spread = 0.2,
  last,
  stepsPerEpoch,
  validation,
  seed = 1,
}: Made): JudgedRun {
  const draw = drawing(seed);
  const steps: LossStep[] = [];
  for (let step = 1; step <= last; step++)
    steps.push({ step, loss: course(step) * (1 + spread * (draw() + draw() - 1)) });
  const epochs: JudgedEpoch[] = [];
  for (let epoch = 1; stepsPerEpoch && epoch * stepsPerEpoch <= last; epoch++) {
    const own = steps.slice((epoch - 1) * stepsPerEpoch, epoch * stepsPerEpoch);
    epochs.push({
      epoch,
      step: epoch * stepsPerEpoch,
      train: { loss: own.reduce((sum, { loss }) => sum + loss, 0) / own.length },
      validation: validation ? { loss: validation(epoch) } : null,
    });
  }
  return { epochs, steps, guessing };
}

const decay = (step: number): number => 0.05 + 2.3 * Math.exp(-step / 400);

describe('the verdict on a run', () => {
  it('is that it is too early while little was done', () => {
    expect(verdictOf({ epochs: [], steps: [], guessing })).toEqual({ kind: 'early' });
    expect(verdictOf(made({ course: decay, last: 100 })).kind).toBe('early');
  });

  it('that it falls, and since which epoch by how much', () => {
    const verdict = verdictOf(made({ course: decay, last: 791, stepsPerEpoch: 430 }));
    expect(verdict).toMatchObject({ kind: 'falling', sinceEpoch: 1 });
    if (verdict.kind !== 'falling') return;
    const truly = 1 - decay(770) / decay(410);
    expect(verdict.fell).toBeGreaterThan(truly - 0.1);
    expect(verdict.fell).toBeLessThan(truly + 0.1);
    expect(verdictOf(made({ course: decay, last: 400 }))).toMatchObject({
      kind: 'falling',
      sinceEpoch: null,
    });
  });

  it('that it does not learn yet where the loss stays that of guessing, and nothing else', () => {
    const plateau = made({ course: () => guessing, spread: 0.03, last: 300 });
    expect(verdictOf(plateau)).toMatchObject({ kind: 'not-learning', isWorse: false });
    const worse = made({ course: () => 2 * guessing, spread: 0.03, last: 300 });
    expect(verdictOf(worse)).toMatchObject({ kind: 'not-learning', isWorse: true });
    const elsewhere = made({ course: () => 1.1, spread: 0.03, last: 300 });
    expect(verdictOf(elsewhere).kind).toBe('steady');
  });

  it('that it overfits since the epoch of the lowest validation loss, while the training loss falls', () => {
    const course = (step: number): number => 0.4 * Math.exp(-step / 600);
    const validation = (epoch: number): number => 0.2 + 0.01 * Math.abs(epoch - 6);
    const run = made({ course, last: 1200, stepsPerEpoch: 100, validation });
    expect(verdictOf(run)).toMatchObject({ kind: 'overfitting', since: 6 });
    // The same validation beside a training loss that does not fall is no overfitting.
    const flat = made({ course: () => 0.4, last: 1200, stepsPerEpoch: 100, validation });
    expect(verdictOf(flat).kind).not.toBe('overfitting');
    // One bad validation is none.
    const once = made({
      ...{ course, last: 1200, stepsPerEpoch: 100 },
      validation: (epoch) => (epoch === 12 ? 0.3 : 0.3 - 0.01 * epoch),
    });
    expect(verdictOf(once).kind).toBe('falling');
  });

  it('that it is flat for as many epochs as nothing got better', () => {
    const course = (step: number): number => (step <= 500 ? 0.5 - step / 2000 : 0.25);
    const validation = (epoch: number): number => (epoch <= 5 ? 0.5 - epoch / 20 : 0.251);
    const run = made({ course, spread: 0.05, last: 800, stepsPerEpoch: 100, validation });
    const verdict = verdictOf(run);
    expect(verdict.kind).toBe('flat');
    if (verdict.kind === 'flat') expect([2, 3]).toContain(verdict.epochs);
  });

  it('that validation stands still while training falls', () => {
    const course = (step: number): number => 0.5 * Math.exp(-step / 300);
    const validation = (epoch: number): number => (epoch <= 4 ? 0.5 - epoch / 20 : 0.301);
    const run = made({ course, spread: 0.05, last: 800, stepsPerEpoch: 100, validation });
    expect(verdictOf(run)).toMatchObject({ kind: 'validation-flat', epochs: 4 });
  });

  it('that it diverges above the loss of guessing, and below only gets worse', () => {
    const up = (from: number) => (step: number) => from * Math.exp(step / 300);
    expect(verdictOf(made({ course: up(1), last: 512 })).kind).toBe('diverging');
    expect(verdictOf(made({ course: up(0.05), last: 512 })).kind).toBe('rising');
    const broken = made({ course: (step) => (step > 500 ? NaN : 1), last: 512 });
    expect(verdictOf(broken).kind).toMatch(/diverging|rising/);
  });

  it('that it is noisy where it swings without a trend', () => {
    const course = (step: number): number => 0.3 * (1 + 0.5 * Math.sin(step / 20));
    expect(verdictOf(made({ course, spread: 1, last: 512 })).kind).toBe('noisy');
  });
});

/** Recorded of real runs on MNIST; each file names the command that made it. */
function recorded(name: string, last = Infinity): JudgedRun {
  const file = new URL(`../../fixtures/verdicts/${name}.json`, import.meta.url);
  const { epochs, losses } = JSON.parse(readFileSync(file, 'utf8')) as {
    epochs: JudgedEpoch[];
    losses: number[];
  };
  const steps = losses.map((loss, k) => ({ step: k + 1, loss }));
  return {
    guessing,
    epochs: epochs.filter(({ step }) => step <= last),
    steps: steps.filter(({ step }) => step <= last),
  };
}

describe('the verdict on real runs', () => {
  it('sees the seed network wait at the loss of guessing, and begin to learn', () => {
    expect(verdictOf(recorded('plateau', 200))).toMatchObject({
      kind: 'not-learning',
      isWorse: false,
    });
    expect(verdictOf(recorded('plateau')).kind).toBe('falling');
  });

  it('says of a run that learns nothing else, at any step', () => {
    for (let step = 200; step <= 1362; step += 7)
      expect(verdictOf(recorded('falling', step)).kind).toBe('falling');
  });

  it('sees 1,000 digits learned by heart: since epoch 11, and no sooner than two epochs later', () => {
    expect(verdictOf(recorded('overfit', 240)).kind).toBe('falling');
    for (const step of [300, 500, 700])
      expect(verdictOf(recorded('overfit', step))).toMatchObject({
        kind: 'overfitting',
        since: 11,
      });
    const end = verdictOf(recorded('overfit'));
    expect(end.kind).toBe('rising');
    if (end.kind === 'rising') expect(end.rose).toBeGreaterThan(0.05);
  });
});

const anyRun = fc
  .record({
    from: fc.double({ min: 0.01, max: 5, noNaN: true }),
    rate: fc.double({ min: -1, max: 2, noNaN: true }),
    spread: fc.double({ min: 0, max: 0.8, noNaN: true }),
    last: fc.integer({ min: 0, max: 900 }),
    stepsPerEpoch: fc.integer({ min: 20, max: 400 }),
    bend: fc.double({ min: -0.1, max: 0.1, noNaN: true }),
    seed: fc.nat(1000),
  })
  .map(({ from, rate, bend, ...rest }) =>
    made({
      ...rest,
      course: (step) => from * Math.exp((-rate * step) / 400),
      validation: (epoch) => from * (1 + bend * epoch) ** 2 + 0.01,
    }),
  );

describe('of any run, the verdict', () => {
  it('is the same whatever the scale of its loss', () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom(1 / 8, 2, 64), (run, scale) => {
        const scaled: JudgedRun = {
          guessing: run.guessing * scale,
          steps: run.steps.map(({ step, loss }) => ({ step, loss: loss * scale })),
          epochs: run.epochs.map((epoch) => ({
            ...epoch,
            train: { loss: epoch.train.loss * scale },
            validation: epoch.validation && { loss: epoch.validation.loss * scale },
          })),
        };
        expect(verdictOf(scaled).kind).toBe(verdictOf(run).kind);
      }),
      { numRuns: 60 },
    );
  });

  it('never says that pure noise about one value falls or rises but by chance, some times in a hundred', () => {
    const kinds = Array.from({ length: 200 }, (_, seed) => {
      const run = made({ course: () => 0.7, spread: 0.5, last: 512, seed: seed + 1 });
      return verdictOf(run).kind;
    });
    const said = kinds.filter((kind) => kind === 'falling' || kind === 'rising');
    expect(said.length).toBeLessThan(16);
  });

  it('changes only at its milestones, which the number of the step decides', () => {
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 900 }), fc.nat(100), (last, seed) => {
        const run = made({ course: decay, last, seed });
        const steps = run.steps.filter(({ step }) => step <= milestoneBefore(last));
        expect(blocksOf(run.steps)).toEqual(blocksOf(steps));
      }),
      { numRuns: 40 },
    );
  });
});

it('a single peak makes no trend', () => {
  const blocks = [5, 4.9, 5.1, 5, 9, 5, 4.9, 5.1].map((loss, step) => ({ step, loss }));
  expect(trendOf(blocks).direction).toBe('none');
});
