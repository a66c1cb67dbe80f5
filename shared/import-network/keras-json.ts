import * as v from 'valibot';
import { checked } from '../checked.ts';
import type { ImportedNetwork } from './imported-network.ts';
import { stepsOfKerasLayer } from './keras-layer.ts';
import { layersOfSteps, type Step } from './keras-steps.ts';

/** Makes a network of what Keras writes about a model: `model.to_json()` or `model.get_config()`, of Keras 2 or 3. */

const kerasLayerSchema = v.object({
  class_name: v.string(),
  config: v.record(v.string(), v.unknown()),
  /** In a functional model, the layers that go into this one. */
  inbound_nodes: v.optional(v.unknown()),
});
type KerasLayer = v.InferOutput<typeof kerasLayerSchema>;
const modelSchema = v.object({
  name: v.optional(v.string()),
  layers: v.pipe(v.array(kerasLayerSchema), v.maxLength(1000, 'layers must be at most 1000')),
});

const WHERE = 'the pasted model of Keras';
const REMEDY = 'Paste what model.to_json() returns, whole.';

const isEntries = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);
const isKerasLayer = (data: unknown): boolean => isEntries(data) && 'class_name' in data;

/** Whether data have the form of a Keras model, valid or not. */
export const isKerasModel = (data: unknown): boolean => modelIn(data) !== null;

/** The part of a model with the list of its layers (the first versions had nothing else); null if there is none. */
function modelIn(data: unknown): unknown {
  if (Array.isArray(data)) return isKerasLayer(data[0]) ? { layers: data } : null;
  if (!isEntries(data)) return null;
  const { layers } = data;
  if (Array.isArray(layers)) return isKerasLayer(layers[0]) ? data : null;
  return isKerasLayer(data) ? modelIn(data.config) : null;
}

/**
 * @param data parsed JSON
 * @throws FailureError if it is not a Keras model, or this app has no such network
 */
export function networkOfKeras(data: unknown): ImportedNetwork {
  const model = checked(modelSchema, modelIn(data), WHERE, REMEDY);
  const made: Made = { steps: [], notes: [], input: null };
  addLayers(model.layers, '', made);
  const { layers, notes } = layersOfSteps(made.steps, WHERE);
  return {
    ...{ name: model.name ?? null, layers, input: made.input },
    notes: [...new Set([...made.notes, ...notes])],
  };
}

interface Made {
  steps: Step[];
  notes: string[];
  input: ImportedNetwork['input'];
}

/** @param within the place of the model that these layers are a part of; empty if there is none */
function addLayers(layers: readonly KerasLayer[], within: string, made: Made): void {
  let before: string | null = null;
  layers.forEach((layer, index) => {
    const { class_name: kind, config } = layer;
    const name = typeof config.name === 'string' ? config.name : '';
    const place = `${within}layer ${index + 1}, ${name} (${kind})`;
    const from = namesOfInputs(layer.inbound_nodes);
    if (from.length > 1 || (from[0] ?? before) !== before)
      made.steps.push({ type: 'problem', place, what: 'its input is not the one layer before it' });
    before = name;
    made.input ??= inputOf(config);
    const inner = modelIn({ class_name: kind, config });
    if (inner === null) made.steps.push(...stepsOfKerasLayer(kind, config, place, made.notes));
    else addLayers(checked(modelSchema, inner, WHERE, REMEDY).layers, `${place}, `, made);
  });
}

/** Names of the layers that go into one; none for the first layer, and if the model is a plain list. */
function namesOfInputs(nodes: unknown): string[] {
  // Keras 2: [[["conv2d", 0, 0, {}]]]; Keras 3: a tensor's history, ["conv2d", 0, 0].
  const text = JSON.stringify(nodes ?? []);
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)",\d+,\d+/g)].map(([, name]) => name ?? '');
}

const imageSchema = v.strictTuple([v.number(), v.number(), v.number()]);

function inputOf(settings: KerasLayer['config']): ImportedNetwork['input'] {
  const shape = settings.batch_shape ?? settings.batch_input_shape;
  const image = v.safeParse(imageSchema, Array.isArray(shape) ? shape.slice(1) : null);
  return image.success ? image.output : null;
}
