import type { RunConfig, UpdateRule } from '../../shared/config.ts';
import { formatCount, formatNumber } from '../../shared/format.ts';

/** Update rules as they are called. */
export const ruleNames: Readonly<Record<UpdateRule['type'], string>> = {
  rmsprop: 'RMSProp',
  sgd: 'SGD',
  momentum: 'Momentum',
  nesterov: 'Nesterov',
  adam: 'Adam',
  adamw: 'AdamW',
};

/** A run in one line: RMSProp 0.001 · batch 128 · 10 epochs · seed 1 */
export const runWords = ({ optimizer, data, training }: RunConfig): string =>
  [
    `${ruleNames[optimizer.rule.type]} ${formatNumber(optimizer.learningRate)}`,
    `batch ${data.batchSize}`,
    `${formatCount(training.epochs)} ${training.epochs === 1 ? 'epoch' : 'epochs'}`,
    `seed ${training.seed}`,
  ].join(' · ');
