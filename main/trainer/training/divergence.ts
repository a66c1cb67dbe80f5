import { FailureError } from '../../../shared/ipc.ts';
import { consecutive } from '../data/batches.ts';
import type { Examples } from '../data/examples.ts';
import { namesOf } from './layer-diagnostics.ts';
import type { Batch } from '../data/batches.ts';
import { NORMS } from '../graph/diagnostics.ts';
import type { Run } from './run.ts';

/** Training has diverged: something is NaN or infinite, or too large for its square to be a number. */
export class DivergedError extends FailureError {}

/** Weights that are no numbers any more are never saved: the newest checkpoint stays a good one. @throws DivergedError */
export function checkFinite(run: Run): void {
  const [first] = run.session.notFinite();
  if (first !== undefined) throw diverged(run, 'weights are no finite numbers any more', first);
}

/** A step ended before it changed anything, for its loss or the gradient of it was not finite: says where that began. */
export function divergedLoss(run: Run, batch: Batch, settings: Float32Array): DivergedError {
  const { session, cursor } = run;
  const layer = session.firstLayerNotFinite(batch, cursor.step, settings);
  return layer === null
    ? diverged(run, 'the loss is no finite number', 'the loss')
    : divergedOutput(run, layer);
}

/**
 * Looks at what a step has done. Going backward begins at the loss: the layer nearest to it is the first.
 * @param norms of the gradients, in the order of the graph's `measuredLayers`. @throws DivergedError
 */
export function checkGradients(run: Run, norms: Float32Array): void {
  if (norms.every(Number.isFinite)) return;
  const { graph } = run.session;
  const bad = graph.measuredLayers.filter((_, k) => !Number.isFinite(norms[k]));
  const names = namesOf(graph);
  // Clipping spreads one bad gradient over all weights. Without it a layer whose weights are ruined, though its gradient is not, had
  // them so before: a ReLU or a maximum after it hid that from the loss.
  if (run.config.optimizer.clipNorm === null) {
    const ruined = run.session.notFinite().map((variable) => variable.split('/')[0] ?? '');
    const before = graph.measuredLayers.find(
      (layer) => !bad.includes(layer) && ruined.includes(names[layer] ?? ''),
    );
    if (before !== undefined)
      throw diverged(
        run,
        `the weights of ${named(run, before)} are not finite`,
        named(run, before),
      );
  }
  const last = bad.at(-1) ?? 0;
  throw diverged(run, `the gradient of ${named(run, last)} is not finite`, named(run, last));
}

/** Looks at what a step has made of the weights. @param norms in the order of `measuredLayers`, each [update, weights]. @throws DivergedError */
export function checkNorms(run: Run, norms: Float32Array): void {
  const bad = norms.findIndex((norm) => !Number.isFinite(norm));
  if (bad < 0) return;
  checkFinite(run);
  const layer = run.session.graph.measuredLayers[Math.floor(bad / NORMS.length)] ?? 0;
  const what = `the weights of ${named(run, layer)} are too large for their squares to be numbers`;
  throw diverged(run, what, named(run, layer));
}

/**
 * The loss over examples without dropout is no finite number: says which layer's output is the first that is none.
 * @param part what the examples are for
 */
export function divergedEvaluation(
  run: Run,
  examples: Examples,
  part: 'validation' | 'test',
): DivergedError {
  const { session, imageSize } = run;
  for (let k = 0; k < examples.count; k++) {
    const { images } = consecutive(examples, k, k + 1, imageSize);
    if (session.predict(images).every(Number.isFinite)) continue;
    const layers = session.graph.network.layers.keys();
    for (const layer of layers)
      if (!session.activations(images, layer).every(Number.isFinite))
        return divergedOutput(run, layer);
  }
  return diverged(run, `the ${part} loss is no finite number`, `the ${part} loss`);
}

function divergedOutput(run: Run, layer: number): DivergedError {
  const name = namesOf(run.session.graph)[layer] ?? '';
  const [weights] = run.session.notFinite();
  const output = `the output of ${named(run, layer)} is not finite`;
  const cause = weights?.startsWith(`${name}/`)
    ? `${output}, for its weights are not: the step before has ruined them`
    : output;
  return diverged(run, cause, named(run, layer));
}

const named = (run: Run, layer: number): string =>
  `layer ${layer} (${namesOf(run.session.graph)[layer] ?? ''})`;

const diverged = (run: Run, what: string, where: string): DivergedError =>
  new DivergedError({
    what: `Training has diverged: ${what}.`,
    where: `step ${run.cursor.step}, first in ${where}`,
    remedy: run.goodCheckpoint
      ? `Lower the learning rate and go on from the last checkpoint, step ${run.goodCheckpoint.step}, which is still good.`
      : 'Lower the learning rate, or choose another start for the weights, and start again.',
  });
