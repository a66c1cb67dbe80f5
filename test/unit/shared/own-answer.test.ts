import { describe, expect, it } from 'vitest';
import { hasOwnAnswer } from '../../../shared/own-answer.ts';
import { seedRun } from '../../../shared/presets.ts';

describe('hasOwnAnswer', () => {
  it('leaves out what passes on what it gets', () => {
    const { layers } = seedRun().network;
    const left = layers.filter((layer) => !hasOwnAnswer(layer)).map(({ type }) => type);
    expect(new Set(left)).toEqual(new Set(['dropout', 'flatten']));
    expect(layers.filter(hasOwnAnswer).length).toBeGreaterThan(4);
  });
});
