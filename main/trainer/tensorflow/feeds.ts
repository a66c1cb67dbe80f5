import type { RunConfig } from '../../../shared/config.ts';
import { dropRatesOf } from '../../../shared/dropout-rates.ts';
import type { Span } from '../graph/layer-spans.ts';
import type { Batch } from '../data/batches.ts';
import { FED_NUMBERS } from '../graph/fed-numbers.ts';
import { tensorFlow, type NamedValues, type Value } from './tensorflow.ts';

/** Makes tensors of what the entry points are fed; outcomes.ts reads the tensors that they return. */

/** A tensor's numbers, row by row. */
export function readFloats(tensor: Value): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values as Int32Array);
}

/** Raw bytes as one string: tfjs has no uint8, and pixels in int32 would take four times the memory. */
export const bytesTensor = (values: Uint8Array): Value =>
  tensorFlow().tensor([values], [], 'string');

export const spanTensors = ({ begin, size }: Span): NamedValues => ({
  begin: tensorFlow().tensor1d([begin], 'int32'),
  size: tensorFlow().tensor1d([size], 'int32'),
});

export const stepTensors = (batch: Batch, step: number, numbers: Float32Array): NamedValues => ({
  ...batchTensors(batch),
  step: tensorFlow().scalar(step, 'int32'),
  settings: tensorFlow().tensor1d(numbers),
});

export const batchTensors = ({ images, labels }: Batch): NamedValues => ({
  images: bytesTensor(images),
  labels: bytesTensor(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength)),
});

/** The numbers that a step is fed: first those of `FED_NUMBERS`, then the dropout rates in the order of the network. */
export function fedNumbers(config: RunConfig, learningRate: number): Float32Array {
  const { rule, weightDecay } = config.optimizer;
  const momentum = 'momentum' in rule ? rule.momentum : 0;
  const numbers: Record<(typeof FED_NUMBERS)[number], number> = {
    learningRate,
    momentum,
    weightDecay,
  };
  return Float32Array.of(...FED_NUMBERS.map((name) => numbers[name]), ...dropRatesOf(config));
}
