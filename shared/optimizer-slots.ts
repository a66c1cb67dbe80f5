import type { UpdateRule } from './config.ts';

/** The slots that an update rule keeps for each weight, with their names in TensorFlow's optimizers and their initial values. */
export function slotStarts(rule: UpdateRule): Record<string, number> {
  switch (rule.type) {
    case 'rmsprop':
      return { RMSProp: rule.meanSquareStart, Momentum: 0 };
    case 'sgd':
      return {};
    case 'momentum':
    case 'nesterov':
      return { Momentum: 0 };
    case 'adam':
    case 'adamw':
      return { Adam: 0, Adam_1: 0 };
  }
}
