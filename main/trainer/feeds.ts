import type { Span } from './graph/inspect.ts';
import { tensorFlow, type NamedValues, type Value } from './tensorflow.ts';

/** What the entry points are fed, and what they answer, as tensors. */

/** A batch as the graph takes it: bytes of images, one after the other, and one byte a label. */
export interface Batch {
  images: Uint8Array;
  labels: Uint8Array;
  /** How many. */
  size: number;
}

export function floats(tensor: Value): Float32Array {
  const values = tensor.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values as Int32Array);
}

/** Raw bytes as one string: tfjs has no uint8, and int32 pixels would cost four times the memory. */
export const bytes = (values: Uint8Array): Value => tensorFlow().tensor([values], [], 'string');

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
  images: bytes(images),
  labels: bytes(labels),
});
