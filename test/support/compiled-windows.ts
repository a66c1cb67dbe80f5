import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { LayerOf, Precision } from '../../shared/config.ts';
import type { ExampleShape, LayerShape } from '../../shared/network-shape.ts';
import { DType, GraphBuilder, type Tensor } from '../../main/trainer/graph/builder.ts';
import { interleaveImages, separateImages } from '../../main/trainer/graph/interleaving.ts';
import { forwardConvolution } from '../../main/trainer/graph/layers/convolution.ts';
import { forwardPooling } from '../../main/trainer/graph/layers/pooling.ts';
import { cast, signalDone } from '../../main/trainer/graph/ops.ts';
import { PassAccumulator } from '../../main/trainer/graph/pass-accumulator.ts';
import { savedModelBytes, TAG, type EntryPoint } from '../../main/trainer/graph/saved-model.ts';
import type { ShardContext } from '../../main/trainer/graph/shard-context.ts';
import { equalShards } from '../../main/trainer/graph/shard-rows.ts';
import { Variables, type Variable } from '../../main/trainer/graph/variables.ts';
import { tensorFlow } from '../../main/trainer/tensorflow/tensorflow.ts';

/** A layer with its numbers, all [N, …] in the order of the shapes. */
export interface WindowCase {
  layer: LayerOf<'convolution'> | LayerOf<'pooling'>;
  shape: LayerShape;
  batch: number;
  /** Of the batch, those that are computed side by side. */
  sideBySide: number;
  x: Float32Array;
  /** Empty for pooling. */
  w: Float32Array;
  dy: Float32Array;
}

type Values = Record<string, Float32Array>;

/** What the compiler's layers give, forward and backward: y, dw (of a convolution) and dx of each case. */
export async function compiledWindows(
  cases: readonly WindowCase[],
  precision: Precision,
): Promise<Values[]> {
  const tf = tensorFlow();
  const g = new GraphBuilder();
  const variables = new Variables(g);
  const compute = precision === 'bfloat16' ? DType.bfloat16 : DType.float32;
  const unused = g.int(0);
  const random = {
    seed: 1,
    step: unused,
    examples: unused,
    dropRates: [],
    pool: { tables: [unused, unused] },
  };
  const shared = new PassAccumulator(variables);
  const rows = equalShards(g, unused, 1);
  const common = { g, compute, training: true, scope: 'window', rows, shard: 0, random, shared };
  const run: EntryPoint = { inputs: {}, outputs: {} };
  const assign: EntryPoint = { inputs: {}, outputs: {} };
  const fed: Record<'run' | 'assign', TensorFlow.NamedTensorMap> = { run: {}, assign: {} };
  const feed = (entry: 'run' | 'assign', name: string, dims: number[], values: Float32Array) => {
    const placeholder = g.placeholder(name, DType.float32, dims);
    (entry === 'run' ? run : assign).inputs[name] = placeholder;
    fed[entry][name] = tf.tensor(values, dims);
    return placeholder;
  };
  cases.forEach(({ layer, shape, batch, sideBySide, ...values }, k) => {
    const context: ShardContext = { ...common, layout: { shards: 1, sideBySide } };
    const laid = (images: Tensor, size: ExampleShape): Tensor =>
      interleaveImages(g, cast(g, images, compute), size, sideBySide);
    const x = laid(feed('run', `x_${k}`, [batch, ...shape.input], values.x), shape.input);
    const dy = laid(feed('run', `dy_${k}`, [batch, ...shape.output], values.dy), shape.output);
    let weights: Variable | null = null;
    if (layer.type === 'convolution') {
      const dims = [...layer.kernel, shape.input.at(-1) ?? 0, layer.filters];
      const start = feed('assign', `w_${k}`, dims, values.w);
      weights = variables.make(`weights_${k}`, dims, DType.float32, start);
    }
    const made =
      layer.type === 'convolution' && weights
        ? forwardConvolution(context, layer, shape, weights, x, null, null)
        : forwardPooling(g, layer as LayerOf<'pooling'>, shape, x, sideBySide);
    const answer = (name: string, tensor: Tensor): void => {
      run.outputs[`${name}_${k}`] = cast(g, tensor, DType.float32);
    };
    answer('y', separateImages(g, made.output, shape.output, sideBySide));
    answer('dx', separateImages(g, made.backward(dy), shape.input, sideBySide));
    const [dw] = (weights && shared.gradients.get(weights)) ?? [];
    if (dw) answer('dw', dw);
  });
  assign.outputs.done = signalDone(g, variables.starts);
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-windows-'));
  await writeFile(join(folder, 'saved_model.pb'), savedModelBytes(g, { assign, run }));
  const assigning = await tf.node.loadSavedModel(folder, [TAG], 'assign');
  const running = await tf.node.loadSavedModel(folder, [TAG], 'run');
  try {
    tf.dispose(assigning.predict(fed.assign));
    soilMemory();
    const outputs = running.predict(fed.run) as TensorFlow.NamedTensorMap;
    const answers = cases.map((_, k) =>
      Object.fromEntries(
        ['y', 'dw', 'dx'].flatMap((name) => {
          const tensor = outputs[`${name}_${k}`];
          return tensor ? [[name, tensor.dataSync<'float32'>()]] : [];
        }),
      ),
    );
    tf.dispose([outputs, fed]);
    return answers;
  } finally {
    assigning.dispose();
    running.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Leaves large numbers in freed memory, so that what reads memory that nothing wrote shows. */
function soilMemory(): void {
  const tf = tensorFlow();
  const soiled = Array.from({ length: 14 }, (_, k) => tf.fill([2 ** (k + 3)], 1e30));
  tf.dispose(soiled);
}
