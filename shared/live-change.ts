import * as v from 'valibot';
import { liveNumbers, type RunConfig } from './config.ts';
import { FailureError } from './ipc.ts';

/** Numbers that may change while a run runs; what is left out stays. */
export const liveChangeSchema = v.strictObject({
  learningRate: v.optional(liveNumbers.learningRate),
  momentum: v.optional(liveNumbers.momentum),
  weightDecay: v.optional(liveNumbers.weightDecay),
  /** Probability of dropping, for each dropout of the network in turn. */
  dropRates: v.optional(v.array(liveNumbers.dropRate)),
});
export type LiveChange = v.InferOutput<typeof liveChangeSchema>;

/**
 * A config with what a person changed while it ran.
 * @throws FailureError when this run's network has no such number
 */
export function changedConfig(config: RunConfig, change: LiveChange): RunConfig {
  const { rule, weightDecay } = config.optimizer;
  const rates = change.dropRates;
  const dropouts = config.network.layers.filter((layer) => layer.type === 'dropout').length;
  if (change.momentum !== undefined && !('momentum' in rule))
    throw unchangeable('momentum', `${rule.type} has none`);
  if (rates && rates.length !== dropouts)
    throw unchangeable(
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

/** What of the numbers that a person may change while a run runs is other than before, for a run that goes on; null: nothing. */
export function liveDifference(before: RunConfig, now: RunConfig): LiveChange | null {
  const numbers = ({ optimizer, network }: RunConfig) => ({
    learningRate: optimizer.learningRate,
    momentum: 'momentum' in optimizer.rule ? optimizer.rule.momentum : undefined,
    weightDecay: optimizer.weightDecay,
    dropRates: network.layers.flatMap((layer) => (layer.type === 'dropout' ? [layer.rate] : [])),
  });
  const was: Record<string, unknown> = numbers(before);
  const changed = Object.entries(numbers(now)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]),
  );
  return changed.length === 0 ? null : Object.fromEntries(changed);
}

const unchangeable = (
  where: string,
  why: string,
  remedy = 'Stop, and start a new run with it.',
): FailureError =>
  new FailureError({
    what: `This cannot be changed while it runs: ${why}.`,
    where,
    remedy,
  });
