import { FailureError } from '../../../shared/ipc.ts';
import { consecutiveExamples } from '../data/batches.ts';
import { NORMS } from '../graph/diagnostics.ts';
import { hasFiniteGradients } from '../tensorflow/outcomes.ts';
import { layerNamesOf } from './graph-layers.ts';
import type { Run } from './run.ts';
import type { DoneStep, FedStep } from './steps.ts';
import type { CheckpointRef } from '../../../shared/trainer-events.ts';
import type { Score } from '../../../shared/score.ts';

/**
 * Training has diverged if a number is NaN or infinite, or so large that its square overflows. Each function here checks one thing, and
 * throws an error that names the first layer where it has diverged.
 */

/** A run, and the checkpoint that it can go back to. */
export interface DivergingRun {
  run: Run;
  saver: { readonly goodCheckpoint: CheckpointRef | null };
}

export class DivergedError extends FailureError {}

/**
 * Weights that are not finite are never saved, so the newest checkpoint is always a good one.
 * @throws DivergedError
 */
export function throwIfWeightsDiverged(training: DivergingRun): void {
  const [first] = training.run.session.notFinite();
  if (first !== undefined)
    throw divergedError(training, 'weights are no finite numbers any more', first);
}

/**
 * @param step the step whose loss, or the gradient of the loss, is not finite; null if there is none
 * @throws DivergedError
 */
export function throwIfLossDiverged(training: DivergingRun, step: FedStep | null): void {
  if (!step) return;
  const { session, cursor } = training.run;
  const layer = session.firstLayerNotFinite(step.batch, cursor.step, step.numbers);
  throw layer === null
    ? divergedError(training, 'the loss is no finite number', 'the loss')
    : outputError(training, layer);
}

/**
 * Checks the gradients of a step. The backward pass begins at the loss, so the layer nearest to the loss diverged first.
 * @throws DivergedError
 */
export function throwIfGradientsDiverged(
  training: DivergingRun,
  { outcome, number }: DoneStep,
): void {
  if (hasFiniteGradients(outcome)) return;
  const { run } = training;
  const { measuredLayers } = run.session.graph;
  const bad = measuredLayers.filter((_, k) => !Number.isFinite(outcome.gradientNorms[k]));
  const last = layerText(run, bad.at(-1) ?? 0);
  const ruined = layerRuinedBefore(run, bad);
  // The error names the number of steps before this one, which were good.
  const step = number - 1;
  throw ruined === null
    ? divergedError(training, `the gradient of ${last} is not finite`, last, step)
    : divergedError(training, `the weights of ${ruined} are not finite`, ruined, step);
}

/**
 * The layer whose weights were not finite before the step; null if none is known. Clipping spreads one bad gradient over all weights.
 * Without it, a layer with a finite gradient but bad weights had them before: a ReLU or a maximum after it hid them from the loss.
 * @param bad the layers whose gradient is not finite
 */
function layerRuinedBefore(run: Run, bad: readonly number[]): string | null {
  if (run.config.optimizer.clipNorm !== null) return null;
  const { graph } = run.session;
  const names = layerNamesOf(graph);
  const ruined = run.session.notFinite().map((variable) => variable.split('/')[0] ?? '');
  const before = graph.measuredLayers.find(
    (layer) => !bad.includes(layer) && ruined.includes(names[layer] ?? ''),
  );
  return before === undefined ? null : layerText(run, before);
}

/**
 * Checks the weights after a step.
 * @param norms in the order of `measuredLayers`, each [update, weights]
 * @throws DivergedError
 */
export function throwIfNormsDiverged(training: DivergingRun, norms: Float32Array): void {
  const bad = norms.findIndex((norm) => !Number.isFinite(norm));
  if (bad < 0) return;
  throwIfWeightsDiverged(training);
  const { run } = training;
  const layer = layerText(
    run,
    run.session.graph.measuredLayers[Math.floor(bad / NORMS.length)] ?? 0,
  );
  const what = `the weights of ${layer} are too large for their squares to be numbers`;
  throw divergedError(training, what, layer);
}

/**
 * Checks the loss of an evaluation. If it is not finite, a single image shows the first layer whose output is not.
 * @param part what the examples are for
 * @throws DivergedError
 */
export function throwIfEvaluationDiverged(
  training: DivergingRun,
  { loss }: Score,
  part: 'validation' | 'test',
): void {
  if (Number.isFinite(loss)) return;
  const { session, imageSize, dataset } = training.run;
  const examples = dataset[part];
  for (let k = 0; k < examples.count; k++) {
    const { images } = consecutiveExamples(examples, k, k + 1, imageSize);
    if (session.predict(images).every(Number.isFinite)) continue;
    const layers = session.graph.network.layers.keys();
    for (const layer of layers)
      if (!session.activations(images, layer).every(Number.isFinite))
        throw outputError(training, layer);
  }
  throw divergedError(training, `the ${part} loss is no finite number`, `the ${part} loss`);
}

function outputError(training: DivergingRun, layer: number): DivergedError {
  const { run } = training;
  const name = layerNamesOf(run.session.graph)[layer] ?? '';
  const [weights] = run.session.notFinite();
  const output = `the output of ${layerText(run, layer)} is not finite`;
  const cause = weights?.startsWith(`${name}/`)
    ? `${output}, for its weights are not: the step before has ruined them`
    : output;
  return divergedError(training, cause, layerText(run, layer));
}

const layerText = ({ session }: Run, layer: number): string =>
  `layer ${layer} (${layerNamesOf(session.graph)[layer] ?? ''})`;

const divergedError = (
  { run, saver: { goodCheckpoint } }: DivergingRun,
  what: string,
  where: string,
  step = run.cursor.step,
): DivergedError =>
  new DivergedError({
    what: `Training has diverged: ${what}.`,
    where: `step ${step}, first in ${where}`,
    remedy: goodCheckpoint
      ? `Lower the learning rate and go on from the last checkpoint, step ${goodCheckpoint.step}, which is still good.`
      : 'Lower the learning rate, or choose another start for the weights, and start again.',
  });
