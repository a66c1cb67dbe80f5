import { LEADING_METRICS } from '../graph/metrics.ts';

/** Reads the results of training steps and evaluations. */

/** Mean loss, and number of correct answers in the batch. */
interface Outcome {
  loss: number;
  correct: number;
}

/** How one class is seen: by the image's pixels [H × W × C] or the places of a layer [H × W], row by row. */
export interface ClassView {
  class: number;
  values: Float32Array;
}

/** What a training step returns about itself. */
export interface StepOutcome extends Outcome {
  /** Norm of each layer's gradient, in the order of the graph's `measuredLayers`. */
  gradientNorms: Float32Array;
}

/** Also how many examples have their class among the most probable, and the predicted class of each example. */
export interface Evaluation extends Outcome {
  topTwo: number;
  /** Null if there are no more than five classes. */
  topFive: number | null;
  answers: Float32Array;
}

/** As `Evaluation`, with what is known of each example. */
export interface EachEvaluation extends Evaluation {
  /** Of each example, in nats. */
  losses: Float32Array;
  /** Of each example and class [N × classes], before the softmax. */
  logits: Float32Array;
  /** After it, 0 to 1. */
  probabilities: Float32Array;
}

/** What a step did to its layers. */
export interface Diagnostics {
  /** In the order of the graph's `measuredLayers`, each as `NORMS` orders them. */
  norms: Float32Array;
  /** Share of dead units, in the order of the graph's `reluLayers`. */
  dead: Float32Array;
}

/**
 * How a training step went. `diverged`: its loss is not finite, or the loss has no finite gradient, so the step ended before it changed
 * anything. After `done`, a layer's gradient may still not be finite: see `hasFiniteGradients`.
 */
export type StepResult =
  | {
      kind: 'done';
      outcome: StepOutcome;
      /** Null if the step was not diagnosed. */
      diagnostics: Diagnostics | null;
    }
  | { kind: 'diverged' };
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

/**
 * @param metrics of one step; null if it ended before it changed anything
 * @param diagnostics of the same step, if it was diagnosed
 */
export function stepResult(
  metrics: Float32Array | null,
  diagnostics: Diagnostics | null = null,
): StepResult {
  if (!metrics) return { kind: 'diverged' };
  const outcome = { ...outcomeOf(metrics), gradientNorms: metrics.subarray(LEADING_METRICS) };
  return Number.isFinite(outcome.loss)
    ? { kind: 'done', outcome, diagnostics }
    : { kind: 'diverged' };
}

/**
 * @param metrics of several steps, one after the other
 * @param norms number of norms of each step
 * @param count number of steps
 */
export function stepResults(metrics: Float32Array, norms: number, count: number): StepResult[] {
  const size = LEADING_METRICS + norms;
  return Array.from({ length: count }, (_, k) =>
    stepResult(metrics.subarray(k * size, (k + 1) * size)),
  );
}

export const hasFiniteGradients = ({ gradientNorms }: StepOutcome): boolean =>
  gradientNorms.every(Number.isFinite);

/** Whether training may go on after the step. */
export const isFiniteStep = (result: StepResult): boolean =>
  result.kind === 'done' && hasFiniteGradients(result.outcome);

export const diagnosticsOf = (fetched: Fetched): Diagnostics => ({
  norms: fetched.get('norms') ?? new Float32Array(),
  dead: fetched.get('dead') ?? new Float32Array(),
});

export function evaluationOf(fetched: Fetched): Evaluation {
  const metrics = metricsOf(fetched);
  const [topTwo, topFive = null] = metrics.subarray(LEADING_METRICS);
  const answers = fetched.get('answers');
  if (topTwo === undefined || !answers) throw new Error('an evaluation gave no answers');
  return { ...outcomeOf(metrics), topTwo, topFive, answers };
}

export function eachEvaluationOf(fetched: Fetched): EachEvaluation {
  const losses = fetched.get('losses');
  const logits = fetched.get('logits');
  const probabilities = fetched.get('probabilities');
  if (!losses || !logits || !probabilities)
    throw new Error('an evaluation told nothing of each example');
  return { ...evaluationOf(fetched), losses, logits, probabilities };
}
