import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../../main/trainer/training/progress.ts';
import { Reporter } from '../../../../main/trainer/training/reporter.ts';
import { workLeft, type WorkLeft } from '../../../../shared/work-left.ts';
import { seedRun } from '../../../../shared/presets.ts';

type Position = Parameters<typeof workLeft>[0];

interface Plan {
  train: number;
  validation: number;
  test: number;
  batchSize: number;
  epochs: number;
  maxSteps: number | null;
  everySteps: number | null;
  measureTraining?: boolean;
}

function begin(plan: Plan): Position {
  const run = seedRun();
  return {
    config: {
      ...run,
      data: { ...run.data, batchSize: plan.batchSize },
      training: {
        ...run.training,
        epochs: plan.epochs,
        maxSteps: plan.maxSteps,
        measureTraining: plan.measureTraining ?? false,
      },
      checkpoints: { ...run.checkpoints, everySteps: plan.everySteps },
    },
    cursor: { step: 0, epoch: 0, position: 0 },
    trainingSeconds: 0,
    dataset: {
      train: { count: plan.train },
      validation: { count: plan.validation },
      test: { count: plan.test },
    },
    get isComplete(): boolean {
      const { epoch, step, position } = this.cursor;
      if (epoch >= plan.epochs) return true;
      return plan.maxSteps !== null && step >= plan.maxSteps && position < plan.train;
    },
  };
}

interface Heard {
  step?: (examples: number) => void;
  evaluated?: (examples: number) => void;
  saved?: () => void;
}

/** The trainer’s loop without a network. */
function simulate(run: Position, { step, evaluated, saved }: Heard): void {
  const { cursor, config, dataset } = run;
  const isComplete = (): boolean => run.isComplete;
  while (!isComplete()) {
    while (cursor.position < dataset.train.count && !isComplete()) {
      const examples = Math.min(config.data.batchSize, dataset.train.count - cursor.position);
      cursor.step += 1;
      cursor.position += examples;
      step?.(examples);
    }
    if (cursor.position < dataset.train.count) break;
    evaluated?.(dataset.validation.count);
    if (config.training.measureTraining)
      evaluated?.(Math.min(dataset.train.count, dataset.validation.count || 5_000));
    cursor.epoch += 1;
    cursor.position = 0;
    saved?.();
  }
  evaluated?.(dataset.test.count);
}

/** What the loop does from here to its end. */
function counted(run: Position): Pick<WorkLeft, 'trained' | 'evaluated' | 'saves'> {
  const work = { trained: 0, evaluated: 0, saves: 0 };
  const rest = { ...run, cursor: { ...run.cursor } };
  Object.defineProperty(rest, 'isComplete', Object.getOwnPropertyDescriptor(run, 'isComplete')!);
  simulate(rest, {
    step: (examples) => (work.trained += examples),
    evaluated: (examples) => (work.evaluated += examples),
    saved: () => (work.saves += 1),
  });
  return work;
}

const plans = fc.record({
  train: fc.integer({ min: 1, max: 60 }),
  validation: fc.nat({ max: 40 }),
  test: fc.integer({ min: 1, max: 40 }),
  batchSize: fc.integer({ min: 1, max: 60 }),
  epochs: fc.integer({ min: 1, max: 4 }),
  maxSteps: fc.option(fc.integer({ min: 1, max: 60 })),
  everySteps: fc.constant(null),
  measureTraining: fc.boolean(),
});

describe('workLeft', () => {
  it('is what the loop still does, at each step and before each validation, wherever the run ends', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const run = begin(plan);
        const check = (): void => {
          const { trained, evaluated, saves } = workLeft(run);
          expect({ trained, evaluated, saves }).toEqual(counted(run));
        };
        check();
        simulate(run, { step: check, saved: check });
        check();
      }),
      { numRuns: 300 },
    );
  });

  const plan: Plan = {
    train: 100,
    validation: 10,
    test: 10,
    batchSize: 10,
    epochs: 3,
    maxSteps: null,
    everySteps: null,
  };

  it('counts the checkpoints within epochs', () => {
    const run = begin({ ...plan, everySteps: 4 });
    expect(workLeft(run).saves).toBe(3 + 7);
  });

  it('is the test alone once early stopping has ended the run', () => {
    const run = begin(plan);
    const stopped = { ...run, isComplete: true };
    expect(workLeft(stopped)).toMatchObject({ trained: 0, evaluated: 10, saves: 0, writes: 1 });
  });

  it('has the rest of an epoch that was begun with another batch size', () => {
    const run = begin({ ...plan, batchSize: 32, epochs: 2 });
    run.cursor.step = 7;
    run.cursor.position = 70;
    expect(workLeft(run)).toMatchObject({ trained: 130, evaluated: 30 });
  });
});

/** Mostly evaluation. */
const plan: Plan = {
  train: 400,
  validation: 4_000,
  test: 4_000,
  batchSize: 64,
  epochs: 3,
  maxSteps: null,
  everySteps: null,
};
/** Seconds: of an example trained on, and evaluated; of taking a checkpoint, and writing it. */
const cost = { trained: 0.002, evaluated: 0.001, heldUp: 0.05, written: 0.2 };

/**
 * Runs by a clock of its own.
 * @returns at each step: its number, what was said to be left, and what was
 */
function timed(maxSteps: number | null): { step: number; said: number | null; left: number }[] {
  const run = begin({ ...plan, maxSteps });
  const progress = new Progress();
  let now = 0;
  const at: { step: number; said: number | null; now: number }[] = [];
  simulate(run, {
    step(examples) {
      // The first makes the graph ready.
      const seconds = examples * cost.trained + (run.cursor.step === 1 ? 2 : 0);
      now += seconds;
      progress.addTraining(examples, seconds);
      at.push({ step: run.cursor.step, said: progress.secondsLeft(workLeft(run)), now });
    },
    evaluated(examples) {
      for (let done = 0; done < examples; done += 250) progress.addEvaluation(250, 0.25);
      now += examples * cost.evaluated;
    },
    saved() {
      progress.addHoldUp(cost.heldUp);
      progress.addWrite(cost.written);
      now += cost.heldUp;
    },
  });
  now += cost.written;
  return at.map(({ step, said, now: then }) => ({ step, said, left: now - then }));
}

describe('the time left', () => {
  it('is what is really left, once an epoch was done', () => {
    for (const { step, said, left } of timed(null))
      if (step > 7) expect([step, said]).toEqual([step, expect.closeTo(left, 6) as number]);
  });

  it('is so with a limit of steps that comes within an epoch', () => {
    const steps = timed(10);
    expect(steps.at(-1)!.step).toBe(10);
    for (const { step, said, left } of steps)
      if (step > 7) expect([step, said]).toEqual([step, expect.closeTo(left, 6) as number]);
  });

  it('before the first validation guesses at it from training, and soon forgets the first step', () => {
    const steps = timed(null);
    const second = steps[2]!;
    // 16,000 examples at a third of training’s 2 ms each, and 1,200 less three steps of it.
    expect(second.said).toBeCloseTo(16_000 * (0.002 / 3) + (1_200 - 192) * 0.002, 6);
    expect(second.said! / second.left).toBeGreaterThan(0.5);
  });

  it('is not known before anything was measured, and guessed from the evaluation that a run begins with', () => {
    const run = begin(plan);
    run.cursor.step = 7;
    run.cursor.position = 400;
    const progress = new Progress();
    expect(progress.secondsLeft(workLeft(run))).toBeNull();
    progress.addEvaluation(250, 0.25);
    // 800 to be trained on at three times, and 16,000 evaluated.
    expect(progress.secondsLeft(workLeft(run))).toBeCloseTo(800 * 0.003 + 16_000 * 0.001, 6);
  });

  it('is no more than a goal of minutes allows, and the test', () => {
    const run = begin({ ...plan, epochs: 1_000, test: 250 });
    run.config.training.goal = { accuracy: null, loss: null, minutes: 1 };
    const progress = new Progress();
    progress.addTraining(400, 0.8);
    progress.addEvaluation(250, 0.25);
    // An epoch: 0.8 s in steps, 4 s of validation. A minute is 75 of them.
    expect(progress.secondsLeft(workLeft(run))).toBeCloseTo(75 * 4.8 + 0.25, 6);
    expect(progress.secondsLeft(workLeft({ ...run, trainingSeconds: 30 }))).toBeCloseTo(
      37.5 * 4.8 + 0.25,
      6,
    );
    const over = { ...run, trainingSeconds: 61, isComplete: true };
    expect(progress.secondsLeft(workLeft(over))).toBeCloseTo(0.25, 6);
  });

  it('goes down while it evaluates', () => {
    const run = begin(plan);
    run.cursor.position = 400;
    const progress = new Progress();
    const said = Array.from({ length: 16 }, (_, batch) => {
      progress.addEvaluation(250, 0.25);
      const work = workLeft(run);
      return progress.secondsLeft({ ...work, evaluated: work.evaluated - (batch + 1) * 250 })!;
    });
    expect(said[0]! - said.at(-1)!).toBeCloseTo(15 * 0.25, 6);
    expect(said).toEqual(said.toSorted((a, b) => b - a));
  });
});

it('a reporter passes on ten events a second, the first at once, and the last when asked', () => {
  let now = 0;
  const passed: number[] = [];
  const reporter = new Reporter<number>(
    (event) => passed.push(event),
    () => now,
  );
  for (; now < 1_000; now += 7) reporter.add(now);
  expect(passed[0]).toBe(0);
  expect(passed.length).toBeLessThanOrEqual(10);
  expect(passed.length).toBeGreaterThan(8);
  reporter.flush();
  reporter.flush();
  expect(passed.slice(-1)).toEqual([994]);
  expect(new Set(passed).size).toBe(passed.length);
});
