import type { RunConfig } from '../../../shared/config.ts';
import type { Span } from '../graph/layer-spans.ts';
import type { Batch } from '../data/batches.ts';
import { SETTINGS } from '../graph/settings-order.ts';
import { tensorFlow, type NamedValues, type Value } from './tensorflow.ts';

/** What the entry points are fed, and what they answer, as tensors. */

/** A tensor's numbers, row by row. */
export function readFloats(tensor: Value): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values as Int32Array);
}

/** Raw bytes as one string: tfjs has no uint8, and int32 pixels would cost four times the memory. */
export const bytesTensor = (values: Uint8Array): Value =>
  tensorFlow().tensor([values], [], 'string');

export const spanTensors = ({ begin, size }: Span): NamedValues => ({
  begin: tensorFlow().tensor1d([begin], 'int32'),
  size: tensorFlow().tensor1d([size], 'int32'),
});

export const stepTensors = (batch: Batch, step: number, settings: Float32Array): NamedValues => ({
  ...batchTensors(batch),
  step: tensorFlow().scalar(step, 'int32'),
  settings: tensorFlow().tensor1d(settings),
});

export const batchTensors = ({ images, labels }: Batch): NamedValues => ({
  images: bytesTensor(images),
  labels: bytesTensor(labels),
});

/** The numbers fed to every step, in the order of `SETTINGS`, then the dropout rates in the order of the network. */
export function liveSettings(config: RunConfig, learningRate: number): Float32Array {
  const { rule, weightDecay } = config.optimizer;
  const momentum = 'momentum' in rule ? rule.momentum : 0;
  const rates = config.network.layers.flatMap((layer) =>
    layer.type === 'dropout' ? [layer.rate] : [],
  );
  const numbers: Record<(typeof SETTINGS)[number], number> = {
    learningRate,
    momentum,
    weightDecay,
  };
  return Float32Array.of(...SETTINGS.map((name) => numbers[name]), ...rates);
}
