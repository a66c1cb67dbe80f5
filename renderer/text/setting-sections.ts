import { augmentationNumbers } from '../../shared/augmentation-settings.ts';
import type { Augmentation } from '../../shared/augmentation.ts';
import type { LayerConfig, RunConfig } from '../../shared/config.ts';
import type { HideablePart } from '../../shared/portable-setup.ts';
import { settingsOfType } from '../../shared/setting-variants.ts';

/** Which settings stand together in Set up: the sensible ones first, the rest behind "More". Each by its path in the run. */

export interface Section {
  id: string;
  title: string;
  /** What a teacher hides it by; null: it always stands there. */
  part: HideablePart | null;
  first: readonly string[];
  more: readonly string[];
}

const within = (config: RunConfig, path: string): string[] =>
  settingsOfType(config, path).map((key) => `${path}.${key}`);

/** A group that may be absent: its switch, and where it is on its settings. */
const group = (path: string, parts: object | null): string[] => [
  path,
  ...(parts === null ? [] : Object.keys(parts).map((key) => `${path}.${key}`)),
];

/** The sections of a run's training; the data have a view of their own. */
export const trainingSections = (config: RunConfig): Section[] => [
  {
    id: 'optimizer',
    part: 'optimizer',
    title: 'Optimizer',
    first: [
      'optimizer.rule.type',
      'optimizer.learningRate',
      'optimizer.schedule.type',
      ...within(config, 'optimizer.schedule'),
      'data.batchSize',
      'training.epochs',
      'training.seed',
    ],
    more: [
      ...within(config, 'optimizer.rule'),
      'optimizer.warmUpSteps',
      ...group('optimizer.reduceOnPlateau', config.optimizer.reduceOnPlateau),
    ],
  },
  {
    id: 'regularisation',
    part: 'regularisation',
    title: 'Regularisation',
    first: ['optimizer.weightDecay', 'optimizer.labelSmoothing', 'optimizer.clipNorm'],
    more: [],
  },
  {
    id: 'numbers',
    part: null,
    title: 'Precision, threads and measuring',
    first: ['training.precision', 'training.diagnosticsEvery', 'training.measureTraining'],
    more: [],
  },
  {
    id: 'saving',
    part: 'saving',
    title: 'Saving and stopping',
    first: [
      'checkpoints.keep',
      'training.maxSteps',
      ...group('training.earlyStopping', config.training.earlyStopping),
      ...group('training.goal', config.training.goal),
    ],
    more: [
      'checkpoints.keepEveryEpochs',
      'checkpoints.everySteps',
      'checkpoints.everyMinutes',
      'checkpoints.recoverySeconds',
    ],
  },
];

/** Settings of the data that are no matter of how they are read. */
export const dataSettings: readonly string[] = ['data.validationSize', 'training.classWeights'];

/** Those that move an image as a whole come first in the table; they are what is changed most. */
const MOVES = 4;
const ELASTIC = 'data.augmentation.elastic';

/**
 * How training images are varied: its switch, and where it is on its settings. Elastic distortion has a switch of its own.
 * @param augmentation null: it is off
 */
export function augmentationSettings(
  augmentation: Augmentation | null,
): Pick<Section, 'first' | 'more'> {
  if (augmentation === null) return { first: ['data.augmentation'], more: [] };
  const ofElastic = augmentationNumbers.filter((path) => path.startsWith(`${ELASTIC}.`));
  const others = augmentationNumbers.filter((path) => !path.startsWith(`${ELASTIC}.`));
  return {
    first: ['data.augmentation', ...others.slice(0, MOVES)],
    more: [
      ...['data.augmentation.flip', ...others.slice(MOVES), ELASTIC],
      ...(augmentation.elastic === null ? [] : ofElastic),
    ],
  };
}

/** What can be set of a layer, by its path in the run. */
export function layerSettingPaths(
  config: RunConfig,
  index: number,
): Pick<Section, 'first' | 'more'> {
  const layer: LayerConfig | undefined = config.network.layers[index];
  const at = `network.layers.${index}`;
  const keys = Object.keys(layer ?? {}).filter((key) => key !== 'type' && key !== 'start');
  const start = layer && 'start' in layer ? within(config, `${at}.start`) : [];
  return {
    first: keys.filter((key) => key !== 'epsilon').map((key) => `${at}.${key}`),
    more: [
      ...keys.filter((key) => key === 'epsilon').map((key) => `${at}.${key}`),
      ...(layer && 'start' in layer ? [`${at}.start.type`, ...start] : []),
    ],
  };
}
