import type { RunConfig } from '../../../shared/config.ts';

/** What says which run it is: everything else may change from one start to the next. */
export interface RunIdentity {
  config: RunConfig;
  /** Of the data, as it is in a record. */
  datasetHash: string;
}

/** What two runs may differ in, and the setting that it is. */
export const settingOf = {
  seed: 'training.seed',
  network: 'network',
  optimizer: 'optimizer',
  'validation size': 'data.validationSize',
  transpose: 'data.transpose',
  invert: 'data.invert',
  dataset: 'data.dataset',
} as const;

/** The first setting in which two differ, and what it is in each. */
export interface IdentityDifference {
  name: keyof typeof settingOf;
  was: string;
  asked: string;
}

/** The layers without what may change from one start to the next: dropout rates and weight starts. */
const architecture = (config: RunConfig): string =>
  JSON.stringify(
    config.network.layers.map((layer) => {
      if (layer.type === 'dropout') return { type: layer.type };
      return 'start' in layer ? { ...layer, start: null } : layer;
    }),
  );

/**
 * In what a run that is asked for is another one than that before; null: it is the same.
 * Epochs, steps, batch size, rate, dropout and precision may have changed.
 */
export function identityDifference(
  before: RunIdentity,
  asked: RunIdentity,
): IdentityDifference | null {
  const [was, is] = [before.config, asked.config];
  const differ = (name: IdentityDifference['name'], a: string, b: string): IdentityDifference => ({
    name,
    was: a,
    asked: b,
  });
  if (was.training.seed !== is.training.seed)
    return differ('seed', String(was.training.seed), String(is.training.seed));
  if (architecture(was) !== architecture(is))
    return differ('network', `“${was.network.name}”`, `“${is.network.name}”, with other layers,`);
  if (was.optimizer.rule.type !== is.optimizer.rule.type)
    return differ('optimizer', was.optimizer.rule.type, is.optimizer.rule.type);
  if (was.data.validationSize !== is.data.validationSize)
    return differ(
      'validation size',
      String(was.data.validationSize),
      String(is.data.validationSize),
    );
  if (before.datasetHash === asked.datasetHash) return null;
  for (const name of ['transpose', 'invert'] as const)
    if (was.data[name] !== is.data[name])
      return differ(name, String(was.data[name]), String(is.data[name]));
  return differ(
    'dataset',
    `“${was.data.dataset}” as it was then`,
    `“${is.data.dataset}”, with other images,`,
  );
}
