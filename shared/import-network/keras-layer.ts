import { checked } from '../checked.ts';
import { layerSchema } from '../config.ts';
import { shown } from '../shown.ts';
import type { Step } from './keras-steps.ts';
import {
  activationOf,
  activationOfLayer,
  isDropout,
  isLeftOut,
  noteOnKind,
  startOf,
  usualKind,
} from './keras-words.ts';

/** Translates one layer of Keras with its settings. */

type Settings = Readonly<Record<string, unknown>>;

/** Slope of leaky ReLU below zero here. */
const SLOPE = 0.2;
const REMEDY = 'Change it in the model, and paste it again.';

/**
 * @param place where the layer is in the pasted text
 * @param notes gets a note for each thing that is different here
 * @throws FailureError if a setting is out of this app's range
 */
export function stepsOfKerasLayer(
  name: string,
  settings: Settings,
  place: string,
  notes: string[],
): Step[] {
  const kind = usualKind(name);
  const note = noteOnKind(kind);
  if (note !== null) notes.push(note);
  if (isLeftOut(kind)) return [];
  const wrong = problemOf(kind, settings);
  if (wrong !== null) return [{ type: 'problem', place, what: wrong }];
  notes.push(...notesOf(kind, settings));
  const activation = activationOfLayer(kind);
  if (activation !== undefined) return [{ type: 'activation', place, activation }];
  if (kind === 'Activation') return [activationStep(settings.activation, place)];
  if (kind === 'ZeroPadding2D') return [zerosStep(settings.padding, place)];
  const layer = settingsOf(kind, settings, notes);
  if (layer === null)
    return [{ type: 'problem', place, what: `there is no layer like ${shown(kind)} here` }];
  return [
    { type: 'layer', place, layer: checked(layerSchema, layer, place, REMEDY) },
    ...(settings.activation === undefined ? [] : [activationStep(settings.activation, place)]),
  ];
}

/** @param named the activation as Keras has it: a name, or an object that contains it */
function activationStep(named: unknown, place: string): Step {
  const name = nameOf(named, 'config') ?? nameOf(named, 'class_name') ?? named ?? 'linear';
  const text = typeof name === 'string' ? name : JSON.stringify(name);
  const activation = activationOf(text);
  if (activation !== undefined) return { type: 'activation', place, activation };
  return { type: 'problem', place, what: `there is no activation ${shown(text)} here` };
}

/** A text in an object; undefined if there is none. */
function nameOf(data: unknown, key: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const name: unknown = Object.entries(data).find(([each]) => each === key)?.[1];
  return typeof name === 'string' ? name : undefined;
}

/** Keras has one number for all sides, one each for height and width, or two for each of them. */
function zerosStep(padding: unknown, place: string): Step {
  const [height, width] = Array.isArray(padding) ? (padding as unknown[]) : [padding, padding];
  const [top, bottom] = pairOf(height);
  const [left, right] = pairOf(width);
  if ([top, bottom, left, right].every((side) => typeof side === 'number'))
    return {
      ...{ type: 'zeros', place },
      sides: { top: Number(top), bottom: Number(bottom), left: Number(left), right: Number(right) },
    };
  return { type: 'problem', place, what: 'its padding is not understood' };
}

const pairOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value, value]);
const isOne = (value: unknown): boolean =>
  value === undefined || pairOf(value).every((each) => each === 1);

/** The setting of a known layer that this app does not have, as text; null if there is none. */
function problemOf(kind: string, settings: Settings): string | null {
  if (!isOne(settings.dilation_rate)) return 'its window has gaps (dilation_rate)';
  if (!isOne(settings.groups)) return 'its filters do not see all channels (groups)';
  if (settings.keepdims === true) return 'it keeps the dimensions of the image (keepdims)';
  if (kind !== 'ReLU') return null;
  if ((settings.max_value ?? null) !== null) return 'it ends at a greatest value (max_value)';
  if ((settings.threshold ?? 0) !== 0) return 'it begins at another value than 0 (threshold)';
  return pairOf(settings.negative_slope ?? 0)[0] === 0
    ? null
    : 'it has a slope below 0: use LeakyReLU';
}

function notesOf(kind: string, settings: Settings): string[] {
  const notes: string[] = [];
  if (settings.data_format === 'channels_first')
    notes.push('Channels, which this model has first, come last here.');
  const slope = settings.negative_slope ?? settings.alpha;
  if (kind === 'LeakyReLU' && typeof slope === 'number' && Math.abs(slope - SLOPE) > 1e-6)
    notes.push(`Leaky ReLU has the slope ${SLOPE} below zero here, not ${slope}.`);
  if (kind === 'BatchNormalization' && (settings.scale === false || settings.center === false))
    notes.push('Batch normalisation always learns a scale and a shift here.');
  const regularizers = ['kernel_regularizer', 'bias_regularizer', 'activity_regularizer'];
  if (regularizers.some((key) => (settings[key] ?? null) !== null))
    notes.push('Regularizers of single layers are left out: here weight decay is one for all.');
  return notes;
}

/** The layer with this app's names of settings, not yet checked; null if this app has no such layer. */
function settingsOf(kind: string, settings: Settings, notes: string[]): object | null {
  const { kernel_initializer: initializer } = settings;
  const weights = (): object => {
    const { start, note } = startOf(
      nameOf(initializer, 'class_name') ??
        (typeof initializer === 'string' ? initializer : 'glorot_uniform'),
      nestedSettings(initializer),
    );
    if (note !== null) notes.push(note);
    return { bias: settings.use_bias !== false, activation: 'none', start };
  };
  const { strides, padding = 'valid' } = settings;
  if (isDropout(kind)) return { type: 'dropout', rate: settings.rate };
  switch (kind) {
    case 'Conv2D':
      return {
        ...{ type: 'convolution', filters: settings.filters, padding, ...weights() },
        ...{ kernel: pairOf(settings.kernel_size), stride: pairOf(strides ?? 1) },
      };
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const size = pairOf(settings.pool_size ?? 2);
      return {
        ...{ type: 'pooling', kind: kind === 'MaxPooling2D' ? 'max' : 'average', padding },
        ...{ size, stride: (strides ?? null) === null ? size : pairOf(strides) },
      };
    }
    case 'BatchNormalization': {
      const { momentum = 0.99, epsilon = 0.001 } = settings;
      return { type: 'batch-normalization', momentum, epsilon, activation: 'none' };
    }
    case 'Flatten':
      return { type: 'flatten' };
    case 'GlobalAveragePooling2D':
      return { type: 'global-average-pooling' };
    case 'Dense':
      return { type: 'dense', units: settings.units, ...weights() };
    default:
      return null;
  }
}

function nestedSettings(data: unknown): Settings {
  if (typeof data !== 'object' || data === null || !('config' in data)) return {};
  const { config } = data;
  return typeof config === 'object' && config !== null ? { ...config } : {};
}
