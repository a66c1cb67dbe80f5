import { checked } from '../checked.ts';
import { runConfigSchema, type LayerConfig, type LayerOf } from '../config.ts';
import { FailureError } from '../ipc.ts';
import type { ImportedNetwork } from './imported-network.ts';
import type { KerasActivation } from './keras-words.ts';
import { activateLast, finishScores, type PlacedLayer } from './placed-layers.ts';

/** Translates a Keras model by way of steps, one for each Keras layer; several steps may become one layer of this app. */

export type Sides = Exclude<LayerOf<'convolution'>['padding'], string>;

export type Step = { place: string } & (
  | {
      type: 'layer';
      layer: LayerConfig;
      /** Whether its activation is assumed, so that a following step may decide it. */
      isAssumed?: boolean;
    }
  /** Null if the activation is not named. */
  | { type: 'activation'; activation: KerasActivation | null }
  /** Zeros around the image, for the convolution that follows. */
  | { type: 'zeros'; sides: Sides }
  /** This app has no such thing, for the reason given. */
  | { type: 'problem'; what: string }
);

const MOST_TOLD = 5;
const REMEDY =
  'Take it out of the model, or put in its place what there is here: Conv2D, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D, BatchNormalization, Dropout, Flatten, Dense and activations.';

/**
 * @param where what the pasted text is, in a person's words
 * @throws FailureError that names everything for which this app has no layer, with its place
 */
export function layersOfSteps(
  steps: readonly Step[],
  where: string,
): Pick<ImportedNetwork, 'layers' | 'notes'> {
  const placed: PlacedLayer[] = [];
  const notes: string[] = [];
  const problems = new Map<string, string>();
  const addProblem = (place: string, what: string): void => {
    const others = problems.get(place);
    problems.set(place, others === undefined ? what : `${others}, and ${what}`);
  };
  let zeros: { place: string; sides: Sides } | null = null;
  for (const step of steps) {
    const { place } = step;
    const padded: LayerConfig | null =
      step.type === 'layer' && zeros ? withZeros(step.layer, zeros.sides) : null;
    if (zeros && !padded)
      addProblem(
        zeros.place,
        'zeros around an image belong to a convolution right after, whose own padding is "valid"',
      );
    zeros = null;
    if (step.type === 'zeros') zeros = step;
    else if (step.type === 'problem') addProblem(place, step.what);
    else if (step.type === 'activation') {
      const problem = activateLast(placed, step.activation);
      if (problem !== null) addProblem(place, problem);
    } else
      placed.push({
        ...{ place, layer: padded ?? step.layer, hasSoftmax: false },
        isAssumed: step.isAssumed ?? false,
      });
  }
  if (zeros) addProblem(zeros.place, 'no convolution follows the zeros around an image');
  for (const place of finishScores(placed, notes))
    addProblem(place, 'there is a softmax only at the end');
  refuseProblems(problems, where);
  const assumed = placed.filter(({ isAssumed }) => isAssumed).length;
  if (assumed > 0)
    notes.push(`Activations that are not said are taken for ReLU, in ${layersText(assumed)}.`);
  const schema = runConfigSchema.entries.network.entries.layers;
  const layers = placed.map(({ layer }) => layer);
  return { layers: checked(schema, layers, where, REMEDY), notes };
}

const layersText = (count: number): string => (count === 1 ? 'one layer' : `${count} layers`);

function withZeros(layer: LayerConfig, padding: Sides): LayerConfig | null {
  return layer.type === 'convolution' && layer.padding === 'valid' ? { ...layer, padding } : null;
}

function refuseProblems(problems: ReadonlyMap<string, string>, where: string): void {
  if (problems.size === 0) return;
  const more = problems.size - MOST_TOLD;
  const told = [...problems]
    .slice(0, MOST_TOLD)
    .map(([place, what]) => `${place}: ${what}`)
    .join('; ');
  throw new FailureError({
    what: `There is no such network here: ${told}${more > 0 ? `; and ${more} more` : ''}.`,
    where,
    remedy: REMEDY,
  });
}
