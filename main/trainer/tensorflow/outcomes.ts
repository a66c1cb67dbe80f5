import { LEADING_METRICS } from '../graph/metrics.ts';

/** What the graph's training steps and evaluations answer. */

/** Mean loss and how many of the batch were right. */
interface Outcome {
  loss: number;
  correct: number;
}

/** What a training step tells of itself. */
export interface StepOutcome extends Outcome {
  /** Of each layer's gradient, in the order of the graph's `measuredLayers`. */
  gradientNorms: Float32Array;
}

/** As `Outcome`; how many were right at the second try; and answers (columns) by truth (rows), [classes × classes]. */
export interface Evaluation extends Outcome {
  topTwo: number;
  confusion: Float32Array;
}

/** What a step did to its layers. */
export interface Diagnostics {
  /** In the order of the graph's `measuredLayers`, each [update, weights]. */
  norms: Float32Array;
  /** In the order of its `reluLayers`. */
  dead: Float32Array;
}

/** Of a step that ended before it changed anything. */
export const NOT_DONE: StepOutcome = { loss: NaN, correct: 0, gradientNorms: new Float32Array() };

type Fetched = ReadonlyMap<string, Float32Array>;

export function metricsOf(fetched: Fetched): Float32Array {
  const metrics = fetched.get('metrics');
  if (!metrics) throw new Error('a step gave no metrics');
  return metrics;
}

function outcomeOf([loss, correct]: Float32Array): Outcome {
  if (loss === undefined || correct === undefined) throw new Error('a step gave no loss');
  return { loss, correct };
}

export const stepOutcome = (metrics: Float32Array): StepOutcome => ({
  ...outcomeOf(metrics),
  gradientNorms: metrics.subarray(LEADING_METRICS),
});

/** Whether training may go on from there. */
export const isFinite = ({ loss, gradientNorms }: StepOutcome): boolean =>
  Number.isFinite(loss) && gradientNorms.every(Number.isFinite);

/** Those of `count` steps, one after the other. @param norms of a step */
export function stepOutcomes(metrics: Float32Array, norms: number, count: number): StepOutcome[] {
  const size = LEADING_METRICS + norms;
  return Array.from({ length: count }, (_, k) =>
    stepOutcome(metrics.subarray(k * size, (k + 1) * size)),
  );
}

export const diagnosticsOf = (fetched: Fetched): Diagnostics => ({
  norms: fetched.get('norms') ?? new Float32Array(),
  dead: fetched.get('dead') ?? new Float32Array(),
});

export function evaluationOf(fetched: Fetched): Evaluation {
  const metrics = metricsOf(fetched);
  const topTwo = metrics[LEADING_METRICS];
  const confusion = fetched.get('confusion');
  if (topTwo === undefined || !confusion) throw new Error('an evaluation gave no counts');
  return { ...outcomeOf(metrics), topTwo, confusion };
}
