import { join } from 'node:path';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { RunConfig } from '../../../shared/config.ts';
import {
  attribute,
  DType,
  GraphBuilder,
  type Tensor,
} from '../../../main/trainer/graph/builder.ts';
import { compile, type CompiledGraph } from '../../../main/trainer/graph/compile.ts';
import { savedModel, TAG } from '../../../main/trainer/graph/entry-points.ts';
import { done } from '../../../main/trainer/graph/ops.ts';
import type { Batch } from '../../../main/trainer/feeds.ts';
import { Session } from '../../../main/trainer/session.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow.ts';
import { liveSettings } from '../../../main/trainer/settings.ts';
import { image } from './gradients.ts';

export type Values = Map<string, Float32Array>;

/** A graph that writes what it is fed as a checkpoint of `graph`: the way to give a network any weights at all. */
function checkpointWriter({ variables }: CompiledGraph): Uint8Array {
  const g = new GraphBuilder();
  const prefix = g.placeholder('prefix', DType.string, []);
  const values = variables.map(({ name, shape }, k): [string, Tensor] => [
    name,
    name === 'global_step' ? g.long(0) : g.placeholder(`value_${k}`, DType.float32, shape),
  ]);
  const saved = g.op(
    'SaveV2',
    DType.string,
    [
      prefix,
      g.strings(values.map(([name]) => name)),
      g.strings(values.map(() => '')),
      ...values.map(([, tensor]) => tensor),
    ],
    { dtypes: attribute.types(values.map(([, tensor]) => tensor.type)) },
  );
  const fed = Object.fromEntries(values.filter(([name]) => name !== 'global_step'));
  return savedModel(g, {
    write: { inputs: { prefix, ...fed }, outputs: { done: done(g, [saved]) } },
  });
}

/** The training loss of one batch as a function of the weights, dropout and batch statistics included. */
export interface LossFunction {
  /** Before any step. */
  start: Values;
  /** Of the loss at `start`, weights only. */
  gradient: Values;
  at(values: Values): number;
  close(): Promise<void>;
}

export async function lossFunction(config: RunConfig, batch: Batch): Promise<LossFunction> {
  const tf = tensorFlow();
  const graph = compile(config, 'float32', image);
  const session = await Session.open(graph);
  const folder = await mkdtemp(join(tmpdir(), 'firstlayer-loss-'));
  await writeFile(join(folder, 'saved_model.pb'), checkpointWriter(graph));
  const writer = await tf.node.loadSavedModel(folder, [TAG], 'write');
  const prefix = join(folder, 'values');
  session.start();
  const start = session.variables();
  session.train(batch, 0, liveSettings(config, 1));
  const after = session.variables();
  const gradient: Values = new Map(
    graph.weights.map(({ name }) => [
      name,
      (start.get(name) ?? new Float32Array()).map(
        (value, k) => value - (after.get(name)?.[k] ?? NaN),
      ),
    ]),
  );
  return {
    start,
    gradient,
    at(values) {
      const fed: TensorFlow.NamedTensorMap = { prefix: tf.scalar(prefix, 'string') };
      for (const { name, shape } of graph.variables)
        if (name !== 'global_step')
          fed[name] = tf.tensor(values.get(name) ?? new Float32Array(), [...shape]);
      tf.dispose(writer.predict(fed));
      tf.dispose(fed);
      session.restore(prefix);
      return session.train(batch, 0, liveSettings(config, 0)).loss;
    },
    async close() {
      session.close();
      writer.dispose();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
