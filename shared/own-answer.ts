import type { LayerConfig } from './config.ts';

/** Whether a layer has an answer of its own: in prediction, dropout and flatten pass on what they get. */
export const hasOwnAnswer = ({ type }: LayerConfig): boolean =>
  type !== 'dropout' && type !== 'flatten';
