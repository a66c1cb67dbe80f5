import { tensorFlow, type Value } from './tensorflow.ts';

/** The part of tfjs-node's backend that its types leave out: it runs any operation of TensorFlow by name. */
interface NativeBackend {
  binding: Record<
    | 'TF_ATTR_INT'
    | 'TF_ATTR_BOOL'
    | 'TF_ATTR_FLOAT'
    | 'TF_ATTR_STRING'
    | 'TF_ATTR_TYPE'
    | 'TF_UINT8'
    | 'TF_INT32'
    | 'TF_FLOAT',
    number
  >;
  executeSingleOutput(
    name: string,
    attributes: { name: string; type: number; value: unknown }[],
    inputs: Value[],
  ): Value;
}

/**
 * A tensor of bytes. tfjs has no such type and takes it for int32: before `castPixels`, its values cannot be read and its methods not
 * called.
 */
export interface PixelTensor {
  tensor: Value;
  /** Rows, columns, channels. */
  shape: readonly [height: number, width: number, channels: number];
}

const nativeBackend = (): NativeBackend => tensorFlow().backend() as unknown as NativeBackend;

/**
 * Frees the tensors made within. The result does not pass through tfjs, which would search it for tensors, an array of bytes one by one.
 */
export function withoutTensors<Made>(make: () => Made): Made {
  const made: Made[] = [];
  tensorFlow().tidy(() => {
    made.push(make());
  });
  return made[0] as Made;
}

type Attribute = readonly [name: string, kind: 'INT' | 'BOOL' | 'FLOAT' | 'STRING', value: unknown];
type ElementType = 'UINT8' | 'INT32' | 'FLOAT';

/** Runs one operation; `types` holds the attributes whose values are element types. */
function runOperation(
  name: string,
  inputs: Value[],
  types: Record<string, ElementType>,
  attributes: readonly Attribute[] = [],
): Value {
  const backend = nativeBackend();
  const { binding } = backend;
  return backend.executeSingleOutput(
    name,
    [
      ...Object.entries(types).map(([type, element]) => ({
        name: type,
        type: binding.TF_ATTR_TYPE,
        value: binding[`TF_${element}`],
      })),
      ...attributes.map(([attribute, kind, value]) => ({
        name: attribute,
        type: binding[`TF_ATTR_${kind}`],
        value,
      })),
    ],
    inputs,
  );
}

function pixelsOf(tensor: Value): PixelTensor {
  const [height = 0, width = 0, channels = 0] = tensor.shape;
  return { tensor, shape: [height, width, channels] };
}

const bytesTensor = (bytes: Uint8Array): Value => tensorFlow().scalar(bytes, 'string');
const integers = (values: readonly number[]): Value => tensorFlow().tensor1d([...values], 'int32');

export const decodePng = (file: Buffer, channels: 1 | 3 | 4): PixelTensor =>
  pixelsOf(
    runOperation('DecodePng', [bytesTensor(file)], { dtype: 'UINT8' }, [
      ['channels', 'INT', channels],
    ]),
  );

/**
 * @param ratio 2, 4 or 8 decodes the picture at this fraction of its size
 */
export const decodeJpeg = (file: Buffer, channels: 1 | 3, ratio: 1 | 2 | 4 | 8): PixelTensor =>
  pixelsOf(
    runOperation('DecodeJpeg', [bytesTensor(file)], {}, [
      ['channels', 'INT', channels],
      ['ratio', 'INT', ratio],
      ['fancy_upscaling', 'BOOL', true],
      ['try_recover_truncated', 'BOOL', false],
      ['acceptable_fraction', 'FLOAT', 1],
      // With the default, pixels differ by up to 15 levels.
      ['dct_method', 'STRING', 'INTEGER_ACCURATE'],
    ]),
  );

const reshapePixels = (tensor: Value, shape: PixelTensor['shape']): PixelTensor => ({
  tensor: runOperation('Reshape', [tensor, integers(shape)], { T: 'UINT8', Tshape: 'INT32' }),
  shape,
});

/** Decodes a GIF of one frame. */
export function decodeGif(file: Buffer): PixelTensor {
  const frames = runOperation('DecodeGif', [bytesTensor(file)], {});
  const [, height = 0, width = 0, channels = 0] = frames.shape;
  return reshapePixels(frames, [height, width, channels]);
}

export const pixelsFromBytes = (bytes: Buffer, shape: PixelTensor['shape']): PixelTensor =>
  reshapePixels(runOperation('DecodeRaw', [bytesTensor(bytes)], { out_type: 'UINT8' }), shape);

export function slicePixels(
  { tensor, shape }: PixelTensor,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): PixelTensor {
  const size: PixelTensor['shape'] = [height, width, shape[2]];
  const inputs = [tensor, integers([top, left, 0]), integers(size)];
  return {
    tensor: runOperation('Slice', inputs, { T: 'UINT8', Index: 'INT32' }),
    shape: size,
  };
}

/** A picture of one colour. */
export function fillPixels(colour: readonly number[], height: number, width: number): PixelTensor {
  const shape: PixelTensor['shape'] = [height, width, colour.length];
  const one = pixelsFromBytes(Buffer.from(colour), [1, 1, colour.length]);
  const types = { T: 'UINT8', Tidx: 'INT32' } as const;
  return { tensor: runOperation('BroadcastTo', [one.tensor, integers(shape)], types), shape };
}

/** Joins pictures that differ at most in their size along `axis`: 0 puts them below each other, 1 side by side. */
export function concatenatePixels(parts: readonly PixelTensor[], axis: 0 | 1): PixelTensor {
  const [first] = parts;
  if (!first || parts.length === 1) return first ?? { tensor: integers([]), shape: [0, 0, 0] };
  const tensor = runOperation(
    'ConcatV2',
    [...parts.map((part) => part.tensor), tensorFlow().scalar(axis, 'int32')],
    { T: 'UINT8', Tidx: 'INT32' },
    [['N', 'INT', parts.length]],
  );
  const length = parts.reduce((sum, { shape }) => sum + shape[axis], 0);
  const [height, width, channels] = first.shape;
  return { tensor, shape: axis === 0 ? [length, width, channels] : [height, length, channels] };
}

/** Turns pixels into numbers that tfjs can read. */
export const castPixels = ({ tensor }: PixelTensor, to: 'INT32' | 'FLOAT'): Value =>
  runOperation('Cast', [tensor], { SrcT: 'UINT8', DstT: to });

/** Floating-point numbers [rows, columns, channels] from 0 to 255, rounded to bytes. */
export const roundToPixels = (values: Value): PixelTensor =>
  pixelsOf(runOperation('Cast', [values.round()], { SrcT: 'FLOAT', DstT: 'UINT8' }));

/** One axis of a scaling: `length` pixels of the image, beginning `from` pixels into it, become `to` pixels of the result. */
export interface ScaleAxis {
  from: number;
  length: number;
  to: number;
}

/**
 * Resizes with a triangle filter as wide as a pixel of the result, which averages where an image shrinks.
 * @param image [rows, columns, channels]
 * @returns floating-point numbers [rows.to, columns.to, channels]
 */
export function scaleImage(
  image: Value,
  type: ElementType,
  rows: ScaleAxis,
  columns: ScaleAxis,
): Value {
  const tf = tensorFlow();
  const scales = [rows.to / rows.length, columns.to / columns.length] as const;
  const batch = runOperation('ExpandDims', [image, tf.scalar(0, 'int32')], {
    T: type,
    Tdim: 'INT32',
  });
  const scaled = runOperation(
    'ScaleAndTranslate',
    [
      batch,
      integers([rows.to, columns.to]),
      tf.tensor1d([...scales]),
      tf.tensor1d([-rows.from * scales[0], -columns.from * scales[1]]),
    ],
    { T: type },
    [
      ['kernel_type', 'STRING', 'triangle'],
      ['antialias', 'BOOL', true],
    ],
  );
  return scaled.squeeze([0]);
}
