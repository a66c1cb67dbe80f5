import { afterAll, beforeAll, expect, it } from 'vitest';
import { reshape } from '../../../main/trainer/graph/arrays.ts';
import { DType, GraphBuilder } from '../../../main/trainer/graph/builder.ts';
import { keptUnits, makeRandomPool } from '../../../main/trainer/graph/dropout-mask.ts';
import { serializeGraph, type EntryPoint } from '../../../main/trainer/graph/saved-model.ts';
import { cast, matmul, signalDone } from '../../../main/trainer/graph/ops.ts';
import { Variables } from '../../../main/trainer/graph/variables.ts';
import { readFloats } from '../../../main/trainer/tensorflow/feeds.ts';
import { GraphSession } from '../../../main/trainer/tensorflow/graph-session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';

/** Masks of a large layer, looked at in pieces of 64 units: where two masks have a piece in common, one is the other, shifted. */

const UNITS = 2 ** 20;
const PIECE = 64;
const MASKS = 450;
/** Bits that a float32 holds exactly: a piece is told by three numbers. */
const BITS = 22;

let session: GraphSession;
beforeAll(async () => {
  const g = new GraphBuilder();
  const variables = new Variables(g);
  const unused = g.placeholder('unused', DType.int32, []);
  const step = g.placeholder('step', DType.int32, []);
  const pool = makeRandomPool(g, variables, 1, UNITS);
  const mask = keptUnits(g, pool, g.float(0.5), g.int(1), [UNITS], { seed: 1, step, draw: 0 });
  const powers = Array.from({ length: PIECE * 3 }, (_, k) => {
    const [unit, column] = [Math.floor(k / 3), k % 3];
    return Math.floor(unit / BITS) === column ? 2 ** (unit % BITS) : 0;
  });
  const rows = reshape(g, cast(g, mask, DType.float32), [-1, PIECE]);
  const points: Record<string, EntryPoint> = {
    start: { inputs: { unused }, outputs: { done: signalDone(g, variables.unsaved) } },
    pieces: {
      inputs: { step },
      outputs: { values: matmul(g, rows, g.floats(powers, [PIECE, 3])) },
    },
  };
  session = await GraphSession.load(serializeGraph(g, points));
  run('start', 'unused', 0);
});
afterAll(() => session.close());

function run(entry: string, input: string, value: number): Float32Array {
  const tf = tensorFlow();
  return tf.tidy(() => {
    const fed = { [input]: tf.scalar(value, 'int32') };
    const [answered] = Object.values(session.run(entry, fed));
    return readFloats(answered!);
  });
}

it('no mask is another one’s copy, not even shifted', () => {
  const seen = new Map<string, number>();
  const copies: [number, number][] = [];
  for (let step = 0; step < MASKS; step++) {
    const pieces = run('pieces', 'step', step);
    for (let k = 0; k < pieces.length; k += 3) {
      // One piece in 64, told by itself, so that the same ones of a copy are looked at.
      if (pieces[k]! % 64 !== 0) continue;
      const piece = pieces.subarray(k, k + 3).join();
      const before = seen.get(piece);
      if (before !== undefined && copies.every(([, of]) => of !== step))
        copies.push([before, step]);
      seen.set(piece, step);
    }
  }
  expect(copies).toEqual([]);
  expect(seen.size).toBeGreaterThan((0.9 * MASKS * UNITS) / PIECE / 64);
});
