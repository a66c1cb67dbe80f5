import { expect, it } from 'vitest';
import { DType, GraphBuilder } from '../../../main/trainer/graph/builder.ts';
import { add } from '../../../main/trainer/graph/ops.ts';
import { serializeGraph } from '../../../main/trainer/graph/saved-model.ts';
import { GraphSession } from '../../../main/trainer/tensorflow/graph-session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';

/** `sum` of what is fed, and `both` of the same in the other order of names. */
function sums(): Promise<GraphSession> {
  const g = new GraphBuilder();
  const a = g.placeholder('a', DType.int32, []);
  const b = g.placeholder('b', DType.int32, []);
  const outputs = { sum: add(g, a, b), twice: add(g, a, a) };
  return GraphSession.load(
    serializeGraph(g, { sum: { inputs: { a, b }, outputs }, both: { inputs: { b, a }, outputs } }),
  );
}

const fed = (a: number, b: number) => ({
  b: tensorFlow().scalar(b, 'int32'),
  a: tensorFlow().scalar(a, 'int32'),
});

it('feeds and fetches by name, whatever the order', async () => {
  const session = await sums();
  for (const entry of ['sum', 'both']) {
    const fetched = Object.entries(session.run(entry, fed(40, 2)));
    expect(fetched.map(([name, value]) => [name, value.dataSync()[0]])).toEqual([
      ['sum', 42],
      ['twice', 80],
    ]);
  }
  session.close();
});

it('names what is not there, and what was closed runs no more', async () => {
  const session = await sums();
  expect([session.has('sum'), session.has('product')]).toEqual([true, false]);
  expect(() => session.run('product', fed(1, 2))).toThrow('no entry point "product"');
  expect(() => session.run('sum', { a: tensorFlow().scalar(1, 'int32') })).toThrow(
    'entry point "sum" lacks its input "b"',
  );
  session.close();
  session.close();
  expect(() => session.run('sum', fed(1, 2))).toThrow('no entry point "sum"');
});
