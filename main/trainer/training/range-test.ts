import type { RunConfig } from '../../../shared/config.ts';
import { DivergenceWatch, rateAtStep, suggestRate } from '../../../shared/range-test.ts';
import type {
  RangeProgress,
  RangeTestCurve,
  RangeTestResult,
  RateRange,
  TriedRate,
} from '../../../shared/range-test-protocol.ts';
import { epochOrder } from '../data/batches.ts';
import { feasibleRun } from '../start/feasible.ts';
import { weightsIn } from '../start/weights-from.ts';
import { hasFiniteGradients } from '../tensorflow/outcomes.ts';
import { closeEpoch, countStep } from './epoch.ts';
import { Run } from './run.ts';
import { runSteps, type DoneStep } from './steps.ts';

/** Least milliseconds between two reports of progress. */
const EVERY = 100;

/** Options of a test, besides the configuration. */
export interface RangeTestOptions {
  range: RateRange;
  /** A checkpoint that weights are copied from, as for `weightsIn`; null: they are drawn from the seed. */
  weightsFrom: string | null;
  /** When aborted, the test ends after the current step. */
  signal: AbortSignal;
  onProgress: (progress: RangeProgress) => void;
}

/**
 * The learning-rate range test of Smith, "Cyclical Learning Rates for Training Neural Networks" (2017): real steps on the run's own
 * batches, in the run's own order, each at a higher rate than the one before. The test has a network of its own, which is thrown away, and
 * writes to no folder of the person's. If it copies weights, the optimizer slots still start afresh; they fill up at the low rates of the
 * first steps, before the weights move.
 * @throws FailureError if a run of this configuration could not start either
 */
export async function testRates(
  asked: RunConfig,
  { range, weightsFrom, signal, onProgress }: RangeTestOptions,
): Promise<RangeTestResult> {
  const tellDoing = (doing: RangeProgress['doing']): void => {
    onProgress({ doing, tried: [], secondsLeft: null });
  };
  const judged = (curve: RangeTestCurve): RangeTestResult => ({
    ...curve,
    suggestion: suggestRate(curve),
  });
  if (weightsFrom !== null) await weightsIn(weightsFrom);
  tellDoing('reading the data');
  const feasible = await feasibleRun(asked, { signal, progress: () => undefined }).catch(
    (error: unknown) => {
      if (!signal.aborted) throw error;
      return null;
    },
  );
  if (!feasible || signal.aborted) return judged({ tried: [], ended: 'stopped' });
  tellDoing('building the network');
  const { dataset } = feasible;
  const config = configOfTest(feasible.config, range.steps);
  const begin = { checkpoint: null, namesTaken: [], weightsFrom, edits: [], dataset };
  const run = await Run.open(config, begin);
  try {
    const teller = new ProgressTeller(range.steps, onProgress);
    return judged(await tryRates(run, range, signal, teller));
  } finally {
    run.session.close();
  }
}

/** Makes as many steps as there are rates, without diagnostics or early stopping. */
const configOfTest = (config: RunConfig, maxSteps: number): RunConfig => ({
  ...config,
  training: { ...config.training, maxSteps, earlyStopping: null, diagnosticsEvery: 0 },
});

async function tryRates(
  run: Run,
  range: RateRange,
  signal: AbortSignal,
  teller: ProgressTeller,
): Promise<RangeTestCurve> {
  const watch = new DivergenceWatch();
  const tried: TriedRate[] = [];
  const end = (ended: RangeTestCurve['ended']): RangeTestCurve => {
    teller.tellRest();
    return { tried, ended };
  };
  let order = orderOfEpoch(run);
  for (let step = 1; step <= range.steps; step++) {
    // Commands and questions to the service's own network are served between the steps.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return end('stopped');
    if (run.isEpochTrained) {
      closeEpoch(run);
      order = orderOfEpoch(run);
    }
    const rate = rateAtStep(range, step);
    const [done] = runSteps(run, order, [rate]).done;
    if (!done) return end('diverged');
    countStep(run.cursor, done);
    const point: TriedRate = { step, rate, loss: done.outcome.loss };
    tried.push(point);
    teller.add(point);
    if (watch.hasDiverged(point.loss) || !leavesNumbers(done)) return end('diverged');
  }
  return end('complete');
}

/** Whether the next step could still be done. */
const leavesNumbers = ({ outcome }: DoneStep): boolean => hasFiniteGradients(outcome);

const orderOfEpoch = ({ dataset, config, cursor }: Run): Uint32Array =>
  epochOrder(dataset.train.count, config.training.seed, cursor.epoch);

/** Reports the steps that were done, several at a time, with the time that the remaining ones will take. */
class ProgressTeller {
  readonly #steps: number;
  readonly #tell: (progress: RangeProgress) => void;
  readonly #since = performance.now();
  #toldAt = this.#since;
  #done = 0;
  #untold: TriedRate[] = [];

  constructor(steps: number, tell: (progress: RangeProgress) => void) {
    this.#steps = steps;
    this.#tell = tell;
  }

  add(point: TriedRate): void {
    this.#untold.push(point);
    this.#done++;
    if (performance.now() - this.#toldAt >= EVERY) this.tellRest();
  }

  tellRest(): void {
    if (this.#untold.length === 0) return;
    this.#toldAt = performance.now();
    const secondsAStep = (this.#toldAt - this.#since) / 1000 / this.#done;
    const secondsLeft = secondsAStep * (this.#steps - this.#done);
    this.#tell({ doing: 'trying rates', tried: this.#untold, secondsLeft });
    this.#untold = [];
  }
}
