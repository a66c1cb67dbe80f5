import type { LayerPair } from '../../shared/layer-pairs.ts';

/** Said by a word and a sign, so that colour is never alone. */
export const changeWords: Readonly<Record<LayerPair['change'], { sign: string; word: string }>> = {
  same: { sign: '=', word: 'same' },
  changed: { sign: '≠', word: 'changed' },
  removed: { sign: '−', word: 'removed' },
  added: { sign: '+', word: 'added' },
};
