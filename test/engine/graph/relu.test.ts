import { afterAll, beforeAll, expect, it } from 'vitest';
import { bitcast } from '../../../main/trainer/graph/arrays.ts';
import { DType, GraphBuilder, type Tensor } from '../../../main/trainer/graph/builder.ts';
import { serializeGraph, type EntryPoint } from '../../../main/trainer/graph/saved-model.ts';
import { cast, compare } from '../../../main/trainer/graph/ops.ts';
import { keepOnly, relu, reluGradient } from '../../../main/trainer/graph/relu.ts';
import { GraphSession } from '../../../main/trainer/tensorflow/graph-session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';

/** Every number that bfloat16 has, against its definition: the upper half of a float32's bits. */

const NUMBERS = 2 ** 16;
const all = Int32Array.from({ length: NUMBERS }, (_, bits) => bits);
/** The same numbers in an order in which each meets many others. */
const others = all.map((bits) => (bits * 40_503 + 12_345) % NUMBERS);

const view = new DataView(new ArrayBuffer(4));
function valueOf(bits: number): number {
  view.setUint32(0, bits * NUMBERS);
  return view.getFloat32(0);
}
const isMinus = (bits: number): boolean => bits >= NUMBERS / 2;

let session: GraphSession;
beforeAll(async () => {
  const g = new GraphBuilder();
  const inputs = {
    x: g.placeholder('x', DType.int32, [NUMBERS]),
    y: g.placeholder('y', DType.int32, [NUMBERS]),
  };
  const [x, y] = [inputs.x, inputs.y].map((fed) =>
    bitcast(g, cast(g, fed, DType.int16), DType.bfloat16),
  ) as [Tensor, Tensor];
  const answer = (value: Tensor): EntryPoint => ({
    inputs,
    outputs: { bits: cast(g, bitcast(g, value, DType.int16), DType.int32) },
  });
  const points: Record<string, EntryPoint> = {
    relu: answer(relu(g, x)),
    gradient: answer(reluGradient(g, x, relu(g, y))),
    // What is kept is what stands in the upper half of the other numbers.
    kept: answer(keepOnly(g, x, compare(g, 'Less', bitcast(g, y, DType.int16), zero(g)))),
  };
  session = await GraphSession.load(serializeGraph(g, points));
});
afterAll(() => session.close());

const zero = (g: GraphBuilder): Tensor => cast(g, g.int(0), DType.int16);

function run(entry: string): number[] {
  const tf = tensorFlow();
  return tf.tidy(() => {
    const fed = { x: tf.tensor1d(all, 'int32'), y: tf.tensor1d(others, 'int32') };
    const { bits } = session.run(entry, fed);
    return Array.from(bits!.dataSync(), (value) => (value + NUMBERS) % NUMBERS);
  });
}

it('gives the larger of a number and zero', () => {
  const expected = [...all].map((bits) => (isMinus(bits) ? 0 : bits));
  expect(run('relu')).toEqual(expected);
});

it('lets a gradient through where the output is above zero', () => {
  const expected = [...all].map((bits, k) => {
    const output = others[k]!;
    const passes = !isMinus(output) && (Number.isNaN(valueOf(output)) || valueOf(output) > 0);
    return passes ? bits : 0;
  });
  expect(run('gradient')).toEqual(expected);
});

it('keeps numbers as they are, and sets the others to zero', () => {
  const expected = [...all].map((bits, k) => (isMinus(others[k]!) ? bits : 0));
  expect(run('kept')).toEqual(expected);
});
