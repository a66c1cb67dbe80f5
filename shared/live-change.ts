import * as v from 'valibot';
import type { RunConfig } from './config.ts';
import { dropRatesOf } from './dropout-rates.ts';
import { fieldList } from './fields.ts';
import { positiveUpTo } from './fields/ranges.ts';
import { FailureError } from './ipc.ts';
import { valueAt } from './setting-paths.ts';
import { numberAt, numberIn } from './schema-parts.ts';

/** Settings that may change during a run; those left out stay the same. */
export const liveChangeSchema = v.strictObject({
  learningRate: v.optional(numberAt('optimizer.learningRate')),
  momentum: v.optional(numberAt('optimizer.rule.momentum')),
  weightDecay: v.optional(numberAt('optimizer.weightDecay')),
  /** Probability of dropping, for each dropout of the network in turn. */
  dropRates: v.optional(v.array(numberAt('network.layers.dropout.rate'))),
  /**
   * Factor by which plateaus have lowered this learning rate. Left out, it is 1: a rate that a person sets is used as it is. Undo restores
   * the factor.
   */
  rateFactor: v.optional(numberIn('rateFactor', positiveUpTo(1))),
});
export type LiveChange = v.InferOutput<typeof liveChangeSchema>;

/**
 * Applies a person's live change to a configuration.
 * @throws FailureError if this run's network has no such setting
 */
export function changedConfig(config: RunConfig, change: LiveChange): RunConfig {
  const { rule, weightDecay } = config.optimizer;
  const rates = change.dropRates;
  const dropouts = config.network.layers.filter((layer) => layer.type === 'dropout').length;
  if (change.momentum !== undefined && !('momentum' in rule))
    throw unchangeableNumber('momentum', `${rule.type} has none`);
  if (rates && rates.length !== dropouts)
    throw unchangeableNumber(
      'dropRates',
      `the network has ${dropouts} dropouts, not ${rates.length}`,
      dropouts > 0 ? `Give ${dropouts} rates, from the first dropout to the last.` : undefined,
    );
  let draw = 0;
  return {
    ...config,
    network: {
      ...config.network,
      layers: config.network.layers.map((layer) =>
        layer.type === 'dropout' ? { ...layer, rate: rates?.[draw++] ?? layer.rate } : layer,
      ),
    },
    optimizer: {
      ...config.optimizer,
      rule:
        'momentum' in rule && change.momentum !== undefined
          ? { ...rule, momentum: change.momentum }
          : rule,
      learningRate: change.learningRate ?? config.optimizer.learningRate,
      weightDecay: change.weightDecay ?? weightDecay,
    },
  };
}

/** The settings that may change during a run, without the dropouts' rates: name in a change, path and range. */
export const liveNumbers = fieldList
  .filter(([path, { live }]) => live && !path.startsWith('network.'))
  .map(([path, { range }]) => ({ name: path.slice(path.lastIndexOf('.') + 1), path, range }));

/** The change from one configuration's live settings to another's, for a run that goes on; null if there is none. */
export function liveDifference(before: RunConfig, now: RunConfig): LiveChange | null {
  const changed = liveNumbers
    .filter(({ path }) => valueAt(before, path) !== valueAt(now, path))
    .map(({ name, path }): [string, unknown] => [name, valueAt(now, path)]);
  const rates = dropRatesOf(now);
  if (rates.join() !== dropRatesOf(before).join()) changed.push(['dropRates', rates]);
  return changed.length === 0 ? null : Object.fromEntries<unknown>(changed);
}

/**
 * The change that undoes another one, to the last bit.
 * @param config the configuration before the change
 * @param rateFactor factor by which plateaus have lowered its rate so far
 */
export function changeBack(config: RunConfig, change: LiveChange, rateFactor: number): LiveChange {
  const before = liveNumbers
    .filter(({ name }) => Object.hasOwn(change, name))
    .map(({ name, path }): [string, unknown] => [name, valueAt(config, path)]);
  if (change.dropRates) before.push(['dropRates', dropRatesOf(config)]);
  if (change.learningRate !== undefined && rateFactor !== 1)
    before.push(['rateFactor', rateFactor]);
  return Object.fromEntries<unknown>(before);
}

/** The factor of plateaus on the learning rate after a change. */
export const rateFactorAfter = (change: LiveChange, before: number): number =>
  change.learningRate === undefined ? before : (change.rateFactor ?? 1);

const unchangeableNumber = (
  where: string,
  why: string,
  remedy = 'Stop, and start a new run with it.',
): FailureError =>
  new FailureError({
    what: `This cannot be changed while it runs: ${why}.`,
    where,
    remedy,
  });
