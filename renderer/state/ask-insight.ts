import type { RunConfig } from '../../shared/config.ts';
import type { DrawnForm } from '../../shared/drawn-image.ts';
import type { Picture } from '../../shared/questions.ts';
import type { Api } from '../api.ts';
import { hasOwnAnswer, type LayerAnswer, type ValueMap } from '../chart/activation-maps.ts';

/** Where a network looked for one class. */
export interface LookedAt extends ValueMap {
  class: number;
}

/** What the network's insides answered for one drawing. */
export interface Insight {
  /** The training step that the weights are of. */
  step: number;
  /** [height, width, channels] of `form`. */
  pixels: Uint8Array;
  form: DrawnForm;
  layers: readonly LayerAnswer[];
  /** One value a pixel. */
  saliency: LookedAt;
  /** Of the last convolution, at its output's size; null where the network has none. */
  gradCam: (LookedAt & { layer: number }) | null;
}

/** What is asked about, and of which network. */
export interface InsightQuestion {
  pixels: Uint8Array;
  form: DrawnForm;
  /** `TrainingState.network` as JSON. */
  network: string;
  /** Null: the one that wins. */
  class: number | null;
}

/**
 * Asks one question after the other, so that training goes on between them.
 * @param isWanted false: the questions that are left need not be asked
 * @returns null where the answers are not wanted any more, or there is no network by now
 */
export async function askInsight(
  api: Api,
  { pixels, form, class: asked, network }: InsightQuestion,
  isWanted: () => boolean,
): Promise<Insight | null> {
  const { height, width, channels } = form;
  const image: Picture = { height, width, channels, pixels };
  const { layers } = JSON.parse(network) as RunConfig['network'];
  const answers: LayerAnswer[] = [];
  for (const [index, layer] of layers.entries()) {
    if (!hasOwnAnswer(layer)) continue;
    if (!isWanted()) return null;
    const { shape, values } = await api.ask({ type: 'activations', image, layer: index });
    if (shape === null) return null;
    answers.push({ index, shape, values });
  }
  const saliency = await api.ask({ type: 'saliency', image, class: asked });
  const at = lookedAt(saliency);
  if (at === null) return null;
  const hasConvolution = layers.some(({ type }) => type === 'convolution');
  const gradCam = hasConvolution ? await askGradCam(api, image, at.class) : null;
  // A trainer that ends meanwhile answers emptily what it still owes.
  if (hasConvolution && gradCam === null) return null;
  return { step: saliency.step, pixels, form, layers: answers, saliency: at, gradCam };
}

/** @param label the same class as for saliency, though another might win by now */
async function askGradCam(api: Api, image: Picture, label: number): Promise<Insight['gradCam']> {
  const answer = await api.ask({ type: 'grad-cam', image, class: label, layer: null });
  const at = lookedAt(answer);
  return at && { ...at, layer: answer.layer ?? 0 };
}

function lookedAt(answer: {
  class: number | null;
  shape: [number, number] | null;
  values: Float32Array;
}): LookedAt | null {
  if (answer.shape === null || answer.class === null) return null;
  const [height, width] = answer.shape;
  return { height, width, values: answer.values, class: answer.class };
}
