import { expect, it } from 'vitest';
import type { Proof } from '../../../shared/proof.ts';
import { differingWords, reasonWords, verdictWords } from '../../../shared/proof-words.ts';

const proof = (parts: Partial<Proof> = {}): Proof => ({
  ...{ name: 'model.ckpt-860', from: 'model.ckpt-430', fromStep: 430, step: 860 },
  ...{ recorded: 'a'.repeat(64), again: 'b'.repeat(64), compared: 430, firstDifference: null },
  ...{ variables: [], changes: 0, reasons: [], seconds: 12 },
  ...parts,
});

it('says what came out, and from where on it is another', () => {
  expect(verdictWords(proof({ again: 'a'.repeat(64) }))).toBe(
    'Proven. Trained once more from step 430 to step 860, in 12 s: every bit is the same.',
  );
  expect(verdictWords(proof())).toContain('all 430 recorded steps came out the same, but the end');
  const firstDifference = {
    ...{ step: 600, after: 599, number: 'loss' as const },
    ...{ recorded: 0.5, again: 0.25 },
  };
  expect(verdictWords(proof({ firstDifference }))).toBe(
    'Not proven. Up to step 599 all is the same; step 600 is not: the loss was 0.5, and is now 0.25.',
  );
  const variables = [{ name: 'dense_1/weights', differing: 1, values: 1_280 }];
  expect(differingWords(proof({ variables }))).toContain('dense_1/weights (1 of 1,280)');
});

it('names each thing that is other than then; where nothing is, that something was changed', () => {
  expect(reasonWords(proof())).toHaveLength(1);
  expect(reasonWords(proof())[0]).toContain('what lies in model.ckpt-860');
  const reasons = [{ kind: 'processor' as const, recorded: 'Fast CPU', here: 'Slow CPU' }];
  expect(reasonWords(proof({ reasons }))[0]).toContain('it was Fast CPU, and is Slow CPU');
  expect(reasonWords(proof({ reasons, again: 'a'.repeat(64) }))).toEqual([]);
});
