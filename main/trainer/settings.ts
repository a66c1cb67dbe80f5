import type { RunConfig } from '../../shared/config.ts';

/** The numbers fed to every step, in the order of `SETTINGS`, then the dropout rates in the order of the network. */
export function liveSettings(config: RunConfig): Float32Array {
  const { rule, learningRate, weightDecay } = config.optimizer;
  const momentum = 'momentum' in rule ? rule.momentum : 0;
  const rates = config.network.layers.flatMap((layer) =>
    layer.type === 'dropout' ? [layer.rate] : [],
  );
  return Float32Array.of(learningRate, momentum, weightDecay, ...rates);
}
