import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fingerprintVariables } from '../../../../main/trainer/checkpoint/fingerprint.ts';

const variables = fc.uniqueArray(
  fc.record({
    name: fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }),
    type: fc.constantFrom('float32', 'int64'),
    shape: fc.array(fc.nat(3), { maxLength: 3 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
);
interface Variable {
  name: string;
  type: string;
  shape: number[];
  bytes: Uint8Array;
}

const fingerprintOf = (all: readonly Variable[], cut = 1000): Promise<string> =>
  fingerprintVariables(
    all.map(({ bytes, ...variable }) => ({
      ...variable,
      pieces: Array.from({ length: Math.ceil(bytes.length / cut) }, (_, k) =>
        bytes.subarray(k * cut, (k + 1) * cut),
      ),
    })),
  );

it('depends neither on the order of the variables nor on where their bytes are cut', () =>
  fc.assert(
    fc.asyncProperty(variables, fc.integer({ min: 1, max: 9 }), async (all, cut) => {
      expect(await fingerprintOf([...all].reverse(), cut)).toBe(await fingerprintOf(all));
    }),
  ));

it('one bit of one variable, its name, type or shape make it another', () =>
  fc.assert(
    fc.asyncProperty(variables, fc.nat(), fc.nat(), async (all, which, at) => {
      const chosen = all[which % all.length]!;
      const changed = chosen.bytes.slice();
      changed[at % changed.length]! ^= 1 << (at % 8);
      const others = [
        { ...chosen, bytes: changed },
        { ...chosen, name: `${chosen.name}/other` },
        { ...chosen, type: 'bfloat16' },
        { ...chosen, shape: [...chosen.shape, 1] },
      ];
      const all4 = others.map((other) => all.map((each) => (each === chosen ? other : each)));
      const told = await Promise.all([all, ...all4].map((each) => fingerprintOf(each)));
      expect(new Set(told).size).toBe(5);
    }),
  ));

it('is what its description says, so that any program can compute it', async () => {
  const all: readonly Variable[] = [
    { name: 'b', type: 'int64', shape: [], bytes: Uint8Array.of(7, 0, 0, 0, 0, 0, 0, 0) },
    { name: 'a', type: 'float32', shape: [1, 1], bytes: Uint8Array.of(0, 0, 128, 63) },
  ];
  const described = createHash('sha256')
    .update('Firstlayer fingerprint 1\n')
    .update('["a","float32",[1,1]]\n')
    .update(all[1]!.bytes)
    .update('["b","int64",[]]\n')
    .update(all[0]!.bytes);
  expect(await fingerprintOf(all)).toBe(described.digest('hex'));
});
