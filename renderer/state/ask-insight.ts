import type { RunConfig } from '../../shared/config.ts';
import type { DrawnForm } from '../../shared/drawn-image.ts';
import { elementCount } from '../../shared/network-shape.ts';
import type { AnswerTo, Picture } from '../../shared/questions.ts';
import { valuesOfShades } from '../../shared/shades.ts';
import { rangeOf } from '../../shared/value-range.ts';
import type { Api } from '../api.ts';
import type { LayerAnswer, ValueMap } from '../chart/activation-maps.ts';

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
  /** What is read in it, one a class. */
  probabilities: readonly number[];
  /** What was looked at: of a pen that moves, a drawing a moment older. */
  lookedPixels: Uint8Array;
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

/** Where the network looked, which is asked for less often than what the layers answer. */
export type Looked = Pick<Insight, 'lookedPixels' | 'saliency' | 'gradCam'>;
/** What the layers answer, which is there first. */
export type Layers = Omit<Insight, keyof Looked>;

const pictureOf = ({ form, pixels }: InsightQuestion): Picture => {
  const { height, width, channels } = form;
  return { height, width, channels, pixels };
};

/**
 * @param inShades whether maps are only looked at
 * @returns null where there is no network by now
 */
export async function askLayers(
  api: Api,
  question: InsightQuestion,
  inShades: boolean,
): Promise<Layers | null> {
  const answer = await api.ask({ type: 'all-activations', image: pictureOf(question), inShades });
  const { step, probabilities } = answer;
  const { pixels, form } = question;
  const layers = layerAnswers(answer);
  return layers.length === 0 ? null : { step, pixels, form, layers, probabilities };
}

export function layerAnswers({
  layers,
  outputs,
  shades = new Int8Array(),
}: AnswerTo<'all-activations'>): LayerAnswer[] {
  const from = { outputs: 0, shades: 0 };
  return layers.map(({ index, shape, shaded }) => {
    const size = elementCount(shape);
    if (shaded) {
      const values = valuesOfShades(shades.subarray(from.shades, from.shades + size), shaded);
      from.shades += size;
      return { index, shape, values, range: shaded };
    }
    const values = outputs.subarray(from.outputs, from.outputs + size);
    from.outputs += size;
    return { index, shape, values, range: rangeOf(values) };
  });
}

/**
 * Asks one question after the other, so that training goes on between them.
 * @returns null where there is no network by now
 */
export async function askLooked(api: Api, question: InsightQuestion): Promise<Looked | null> {
  const image = pictureOf(question);
  const saliency = lookedAt(await api.ask({ type: 'saliency', image, class: question.class }));
  if (saliency === null) return null;
  const { layers } = JSON.parse(question.network) as RunConfig['network'];
  const hasConvolution = layers.some(({ type }) => type === 'convolution');
  const gradCam = hasConvolution ? await askGradCam(api, image, saliency.class) : null;
  // A trainer that ends meanwhile answers emptily what it still owes.
  return hasConvolution && gradCam === null
    ? null
    : { lookedPixels: image.pixels, saliency, gradCam };
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
