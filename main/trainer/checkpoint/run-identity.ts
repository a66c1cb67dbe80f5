import { withinSentence } from '../../../shared/language.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { differencesBetween } from '../../../shared/differences.ts';
import type { FieldPath } from '../../../shared/fields.ts';
import { readingPaths } from '../../../shared/run-differences.ts';

/** What identifies a run. `identityDifference` says which settings count; all others may change from one start to the next. */
export interface RunIdentity {
  config: RunConfig;
  /** The hash of the data, as in a checkpoint's record. */
  datasetHash: string;
}

/** The first setting in which two runs differ, and its value in each. */
export interface IdentityDifference {
  path: string;
  /** The setting's name within a sentence. */
  name: string;
  was: string;
  asked: string;
}

/** The layers without what may change from one start to the next: dropout rates and initial weights. */
const architectureOf = (config: RunConfig): string =>
  JSON.stringify(
    config.network.layers.map((layer) => {
      if (layer.type === 'dropout') return { type: layer.type };
      return 'start' in layer ? { ...layer, start: null } : layer;
    }),
  );

function networkDifference(was: RunConfig, is: RunConfig): IdentityDifference | null {
  if (architectureOf(was) === architectureOf(is)) return null;
  return {
    path: 'network',
    name: 'network',
    was: `“${was.network.name}”`,
    asked: `“${is.network.name}”, with other layers,`,
  };
}

const datasetDifference = (was: RunConfig, is: RunConfig): IdentityDifference => ({
  path: 'data.dataset',
  name: 'dataset',
  was: `“${was.data.dataset}” as it was then`,
  asked: `“${is.data.dataset}”, with other images,`,
});

/**
 * What makes the requested run a different run from the one before; null if it is the same. Epochs, steps, batch size, learning
 * rate, dropout and precision may change.
 */
export function identityDifference(
  before: RunIdentity,
  asked: RunIdentity,
): IdentityDifference | null {
  const differences = differencesBetween(before.config, asked.config);
  const differenceAt = (path: FieldPath): IdentityDifference | null => {
    const found = differences.find((each) => each.path === path);
    if (!found) return null;
    return { path, name: withinSentence(found.label), was: found.was, asked: found.is };
  };
  const ofConfig =
    differenceAt('training.seed') ??
    networkDifference(before.config, asked.config) ??
    differenceAt('optimizer.rule.type') ??
    differenceAt('data.validationSize');
  if (ofConfig || before.datasetHash === asked.datasetHash) return ofConfig;
  for (const path of readingPaths) {
    const difference = differenceAt(path);
    if (difference) return difference;
  }
  return datasetDifference(before.config, asked.config);
}
