import type {
  ExperimentPoint,
  ExperimentProgress,
  ExperimentResult,
  SideResult,
} from '../../../shared/experiment-protocol.ts';
import {
  EXPERIMENT_TRAINING,
  experimentConfig,
  experiments,
  type ExperimentId,
} from '../../../shared/experiments.ts';
import { epochOrder } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { sliceExamples } from '../data/examples.ts';
import { imageBytes } from '../data/raw-dataset.ts';
import { feasibleRun } from '../start/feasible.ts';
import { evaluateExamples } from '../tensorflow/evaluate.ts';
import { hasFiniteGradients } from '../tensorflow/outcomes.ts';
import { closeEpoch, countStep } from './epoch.ts';
import { Run } from './run.ts';
import { runSteps } from './steps.ts';

/** Least milliseconds between two reports of progress. */
const EVERY = 100;

type Tell = (progress: ExperimentProgress) => void;
type Two<T> = [T, T];

/**
 * Trains an experiment's two networks step by step in turn, on the same batches in the same order. Both are thrown away at the end, and no
 * folder of the person's is written to.
 * @param signal when aborted, the experiment ends after the step; what was done is answered
 * @throws FailureError where MNIST cannot be read
 */
export async function runExperiment(
  id: ExperimentId,
  signal: AbortSignal,
  tell: Tell,
): Promise<ExperimentResult> {
  const experiment = experiments[id];
  const [first, second] = experiment.sides;
  const stopped = (sides: Two<SideResult>): ExperimentResult => ({
    experiment: id,
    ended: 'stopped',
    sides,
  });
  tellDoing(tell, 'reading the data');
  const dataset = await readDataset(experimentConfig(experiment, first), signal);
  if (!dataset) return stopped([nothing(), nothing()]);
  tellDoing(tell, 'building the networks');
  const begin = { checkpoint: null, namesTaken: [], weightsFrom: null, edits: [], dataset };
  const open: Side[] = [];
  try {
    for (const side of [first, second]) {
      open.push(new Side(await Run.open(experimentConfig(experiment, side), begin)));
      await yieldToEvents();
    }
    const [one, other] = open;
    if (!one || !other) throw new Error('an experiment has two sides');
    const sides: Two<Side> = [one, other];
    const isComplete = await trainInTurn(sides, experiment.steps, signal, tell);
    if (!isComplete) return stopped([one.result, other.result]);
    tellDoing(tell, 'validating');
    for (const side of sides) await side.validate(signal);
    const ended = signal.aborted ? 'stopped' : 'complete';
    return { experiment: id, ended, sides: [one.result, other.result] };
  } finally {
    for (const { run } of open) run.session.close();
  }
}

/** Null where it was stopped meanwhile. */
async function readDataset(
  config: ReturnType<typeof experimentConfig>,
  signal: AbortSignal,
): Promise<Dataset | null> {
  try {
    const { dataset } = await feasibleRun(config, { signal, progress: () => undefined });
    const train = sliceExamples(dataset.train, 0, EXPERIMENT_TRAINING, imageBytes(dataset));
    return signal.aborted ? null : { ...dataset, train };
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  }
}

/** @returns false: it was stopped */
async function trainInTurn(
  sides: Two<Side>,
  steps: number,
  signal: AbortSignal,
  tell: Tell,
): Promise<boolean> {
  const since = performance.now();
  let toldAt = since;
  const report = (done: number): void => {
    toldAt = performance.now();
    const secondsLeft = ((toldAt - since) / 1000 / done) * (steps - done);
    tell({
      doing: 'training',
      points: [sides[0].takeUntold(), sides[1].takeUntold()],
      secondsLeft,
    });
  };
  for (let step = 1; step <= steps; step++) {
    // Commands and questions to the service's own network are served between the steps.
    await yieldToEvents();
    if (signal.aborted) {
      if (step > 1) report(step - 1);
      return false;
    }
    for (const side of sides) side.step();
    if (performance.now() - toldAt >= EVERY || step === steps) report(step);
  }
  return true;
}

/** One of the two networks, and what was seen of it. */
class Side {
  readonly run: Run;
  readonly #points: ExperimentPoint[] = [];
  #told = 0;
  #order: Uint32Array;
  #seconds = 0;
  #hasDiverged = false;
  #validation: SideResult['validation'] = null;

  constructor(run: Run) {
    this.run = run;
    this.#order = orderOfEpoch(run);
  }

  get result(): SideResult {
    const { graph } = this.run.session;
    return {
      points: this.#points,
      gradientLayers: [...graph.measuredLayers],
      parameters: graph.network.parameters,
      seconds: this.#seconds,
      hasDiverged: this.#hasDiverged,
      validation: this.#validation,
    };
  }

  /** Steps that have not been told. */
  takeUntold(): ExperimentPoint[] {
    const untold = this.#points.slice(this.#told);
    this.#told = this.#points.length;
    return untold;
  }

  /** Does one step; nothing once it has diverged. */
  step(): void {
    const { run } = this;
    if (this.#hasDiverged) return;
    if (run.isEpochTrained) {
      closeEpoch(run);
      this.#order = orderOfEpoch(run);
    }
    const [done] = runSteps(run, this.#order, [run.config.optimizer.learningRate]).done;
    if (!done || !hasFiniteGradients(done.outcome)) {
      this.#hasDiverged = true;
      return;
    }
    countStep(run.cursor, done);
    this.#seconds += done.seconds;
    const { loss, correct, gradientNorms } = done.outcome;
    const accuracy = correct / done.batch.size;
    this.#points.push({ step: done.number, loss, accuracy, gradientNorms: [...gradientNorms] });
  }

  async validate(signal: AbortSignal): Promise<void> {
    if (this.#hasDiverged) return;
    const { session, dataset } = this.run;
    const { validation } = dataset;
    const score = await evaluateExamples(session, validation, imageBytes(dataset), {
      yieldToEventLoop: yieldToEvents,
      get stopping() {
        return signal.aborted;
      },
    });
    if (!score) return;
    const { loss, accuracy } = score;
    if (Number.isFinite(loss)) this.#validation = { loss, accuracy, examples: validation.count };
    else this.#hasDiverged = true;
  }
}

const orderOfEpoch = ({ dataset, config, cursor }: Run): Uint32Array =>
  epochOrder(dataset.train.count, config.training.seed, cursor.epoch);

const yieldToEvents = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const tellDoing = (tell: Tell, doing: ExperimentProgress['doing']): void => {
  tell({ doing, points: [[], []], secondsLeft: null });
};

/** Of a network that was not even built. */
const nothing = (): SideResult => ({
  points: [],
  gradientLayers: [],
  parameters: 0,
  seconds: 0,
  hasDiverged: false,
  validation: null,
});
