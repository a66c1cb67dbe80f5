import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  openBundle,
  readBundleFloats,
  readFloats,
  readIndex,
  verifyBundle,
} from '../../../main/trainer/checkpoint/bundle/read.ts';
import { writeBundle } from '../../../main/trainer/checkpoint/bundle/write.ts';
import { attribute, DType, GraphBuilder } from '../../../main/trainer/graph/builder.ts';
import { compile } from '../../../main/trainer/graph/compile.ts';
import { savedModelBytes, TAG } from '../../../main/trainer/graph/saved-model.ts';
import { signalDone } from '../../../main/trainer/graph/ops.ts';
import { Session } from '../../../main/trainer/tensorflow/session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { image } from '../../support/gradients.ts';
import { convolution, descent, withScores } from '../../support/networks.ts';

const pathsOf = (prefix: string) => ({
  data: `${prefix}.data-00000-of-00001`,
  index: `${prefix}.index`,
});

const tensors = [
  { name: 'dense_1/weights', shape: [3, 2], values: Float32Array.of(1, -2, 0.5, 4, NaN, 1e-30) },
  { name: 'conv/weights', shape: [2], values: Float32Array.of(7, 8) },
  { name: 'global_step', shape: [], values: BigInt64Array.of(2n ** 40n) },
  { name: 'empty', shape: [0, 4], values: new Float32Array() },
];

/** The same tensors written by TensorFlow's SaveV2. */
async function writtenByTensorFlow(): Promise<string> {
  const folder = temporaryFolder();
  const prefix = join(folder, 'tf');
  const g = new GraphBuilder();
  const path = g.placeholder('prefix', DType.string, []);
  const fed = tensors.map(({ shape, values }, k) =>
    values instanceof Float32Array
      ? g.placeholder(`value_${k}`, DType.float32, shape)
      : g.long(Number(values[0])),
  );
  const names = [g.strings(tensors.map(({ name }) => name)), g.strings(tensors.map(() => ''))];
  const saved = g.op('SaveV2', DType.string, [path, ...names, ...fed], {
    dtypes: attribute.types(fed.map(({ type }) => type)),
  });
  const values = Object.fromEntries(
    fed.flatMap((tensor) => (tensor.name.startsWith('value') ? [[tensor.name, tensor]] : [])),
  );
  const entry = { inputs: { path, ...values }, outputs: { done: signalDone(g, [saved]) } };
  writeFileSync(join(folder, 'saved_model.pb'), savedModelBytes(g, { write: entry }));
  const tf = tensorFlow();
  const model = await tf.node.loadSavedModel(folder, [TAG], 'write');
  model.predict({
    path: tf.scalar(prefix, 'string'),
    ...Object.fromEntries(
      tensors.flatMap(({ shape, values: numbers }, k) =>
        numbers instanceof Float32Array ? [[`value_${k}`, tf.tensor(numbers, shape)]] : [],
      ),
    ),
  });
  return prefix;
}

/** As TensorFlow writes one in two data files: a variable in each, and one in two slices, which TensorFlow 1 calls partitioned. */
async function shardedByTensorFlow(): Promise<string> {
  const folder = temporaryFolder();
  const [prefix, ...parts] = ['tf', 'part-0', 'part-1'].map((name) => join(folder, name));
  const g = new GraphBuilder();
  const paths = [0, 1, 2].map((k) => g.placeholder(`path_${k}`, DType.string, []));
  const rows = g.placeholder('rows', DType.float32, [2, 2]);
  const saved = parts.map((_, k) => {
    const names = g.strings(k === 0 ? ['first', 'sliced'] : ['second', 'sliced']);
    const slices = g.strings(['', `4 2 ${2 * k},2:-`]);
    return g.op('SaveV2', DType.string, [paths[k + 1]!, names, slices, rows, rows], {
      dtypes: attribute.types([DType.float32, DType.float32]),
    });
  });
  const merged = g.op(
    'MergeV2Checkpoints',
    DType.string,
    [g.strings(parts), paths[0]!],
    { delete_old_dirs: { b: false } },
    { after: saved },
  );
  const inputs = { rows, ...Object.fromEntries(paths.map((path, k) => [`path_${k}`, path])) };
  const entry = { inputs, outputs: { done: signalDone(g, [merged]) } };
  writeFileSync(join(folder, 'saved_model.pb'), savedModelBytes(g, { write: entry }));
  const tf = tensorFlow();
  const model = await tf.node.loadSavedModel(folder, [TAG], 'write');
  model.predict({
    rows: tf.tensor([1, 2, 3, 4], [2, 2]),
    ...Object.fromEntries(
      [prefix!, ...parts].map((path, k) => [`path_${k}`, tf.scalar(path, 'string')]),
    ),
  });
  return prefix!;
}

describe('a tensor bundle', () => {
  it('of another program is read from all its data files; what it keeps in slices is told as such', async () => {
    const prefix = await shardedByTensorFlow();
    expect(existsSync(`${prefix}.data-00001-of-00002`)).toBe(true);
    const bundle = await openBundle(prefix);
    expect([...bundle.variables.keys()].sort()).toEqual(['first', 'second', 'sliced']);
    expect(bundle.variables.get('sliced')).toMatchObject({ shape: [4, 2], isSliced: true });
    const values = Float32Array.of(1, 2, 3, 4);
    expect(await readBundleFloats(bundle, bundle.variables)).toEqual(
      new Map([
        ['first', values],
        ['second', values],
      ]),
    );
    await verifyBundle(bundle);
    truncateSync(`${prefix}.data-00001-of-00002`, 4);
    await expect(verifyBundle(bundle)).rejects.toThrow(/second lies beyond/);
  });

  it('is byte for byte what TensorFlow’s SaveV2 writes as data, and means the same as its index', async () => {
    const theirs = await writtenByTensorFlow();
    const ours = join(temporaryFolder(), 'ours');
    await writeBundle(pathsOf(ours), tensors);
    const [a, b] = [await readIndex(`${ours}.index`), await readIndex(`${theirs}.index`)];
    expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
    const floats = async (prefix: string, index: typeof a) =>
      readFloats(pathsOf(prefix).data, index);
    expect(await floats(ours, a)).toEqual(await floats(theirs, b));
    for (const [name, { dtype, shape, crc32c }] of a) {
      expect(b.get(name)).toMatchObject({ dtype, shape, crc32c });
    }
  });

  it('is restored by TensorFlow’s RestoreV2 to the last bit', async () => {
    const graph = compile(descent(withScores(convolution())), 'float32', image);
    const [one, two] = [await Session.open(graph), await Session.open(graph)];
    one.start();
    const prefix = join(temporaryFolder(), 'model.ckpt-1');
    await writeBundle(pathsOf(prefix), one.snapshot());
    two.restore(prefix);
    expect(two.variables()).toEqual(one.variables());
    one.close();
    two.close();
  });

  it('tells a flipped bit and a short file', async () => {
    const prefix = join(temporaryFolder(), 'ours');
    const paths = pathsOf(prefix);
    await writeBundle(paths, tensors);
    const index = await readIndex(paths.index);
    const bytes = readFileSync(paths.data);
    bytes.writeUInt8(bytes.readUInt8(2) ^ 1, 2);
    writeFileSync(paths.data, bytes);
    await expect(readFloats(paths.data, index)).rejects.toThrow(/checksum of conv\/weights/);
    truncateSync(paths.data, 4);
    await expect(readFloats(paths.data, index)).rejects.toThrow(/beyond the data file’s end/);
    const table = readFileSync(paths.index);
    table.writeUInt8(table.readUInt8(10) ^ 1, 10);
    writeFileSync(paths.index, table);
    await expect(readIndex(paths.index)).rejects.toThrow(/checksum is wrong/);
    truncateSync(paths.index, 20);
    await expect(readIndex(paths.index)).rejects.toThrow(/only 20 bytes/);
  });
});
