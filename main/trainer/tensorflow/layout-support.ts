import type { Precision } from '../../../shared/config.ts';
import { shardsHere } from './environment.ts';
import { attribute, DType, GraphBuilder, type Tensor } from '../graph/builder.ts';
import { serializeGraph, type EntryPoint } from '../graph/saved-model.ts';
import { WIDEST, type Layout } from '../graph/layout.ts';
import { fill } from '../graph/arrays.ts';
import { cast } from '../graph/ops.ts';
import { GraphSession } from './graph-session.ts';
import { tensorFlow } from './tensorflow.ts';

let known: Promise<Record<Precision, boolean>> | null = null;

/**
 * The most images side by side that TensorFlow can train with here. Only oneDNN's kernels have the gradients of a convolution with
 * dilation; TensorFlow's own, which it falls back on (on ARM, with TF_ENABLE_ONEDNN_OPTS=0, and in bfloat16 without AVX-512), have not.
 */
async function mostSideBySide(precision: Precision): Promise<number> {
  known ??= spreadGradients().catch((error: unknown) => {
    // What made the attempt fail may be over the next time.
    known = null;
    throw error;
  });
  return (await known)[precision] ? WIDEST.sideBySide : 1;
}

/** Whether oneDNN's kernels are there, but none in bfloat16: the processor has no instructions for it, and it takes many times as long. */
export const lacksBfloat16 = async (): Promise<boolean> =>
  (await mostSideBySide('float32')) > 1 && (await mostSideBySide('bfloat16')) === 1;

/**
 * Number of images side by side that pays, as measured on AVX-512: in bfloat16, a filter's gradient over images 7 pixels wide takes two
 * thirds of its time with eight side by side; in float32 it takes longer the more there are, and a whole step is fastest with two.
 */
const PAYS: Record<Precision, number> = { bfloat16: WIDEST.sideBySide, float32: 2 };

/** The widest layout that pays on this machine. */
export const widestLayout = async (precision: Precision): Promise<Layout> => ({
  shards: shardsHere(),
  sideBySide: Math.min(PAYS[precision], await mostSideBySide(precision)),
});

/** In which precisions there are the gradients of a convolution with dilation: both are tried, in a graph that is loaded once. */
async function spreadGradients(): Promise<Record<Precision, boolean>> {
  const g = new GraphBuilder();
  const unused = g.placeholder('unused', DType.int32, []);
  const entryOf = (precision: Precision): EntryPoint => ({
    inputs: { unused },
    outputs: gradientsOf(g, DType[precision], unused),
  });
  const graph = serializeGraph(g, { float32: entryOf('float32'), bfloat16: entryOf('bfloat16') });
  const session = await GraphSession.load(graph);
  try {
    return { float32: canRun(session, 'float32'), bfloat16: canRun(session, 'bfloat16') };
  } finally {
    session.close();
  }
}

/** The gradients of a convolution with dilation, on a row of four pixels. */
function gradientsOf(g: GraphBuilder, type: DType, unused: Tensor): EntryPoint['outputs'] {
  // These depend on something fed, or else TensorFlow would compute the result beforehand.
  const zeros = fill(g, [1, 1, 4, 1], cast(g, unused, type));
  const window = fill(g, [1, 3, 1, 1], cast(g, unused, type));
  const attr = {
    T: attribute.type(type),
    strides: attribute.ints([1, 1, 1, 1]),
    dilations: attribute.ints([1, 1, 2, 1]),
    padding: attribute.string('SAME'),
    data_format: attribute.string('NHWC'),
  };
  const sizes = { window: g.ints([1, 3, 1, 1]), image: g.ints([1, 1, 4, 1]) };
  const gradients = {
    window: g.op('Conv2DBackpropFilter', type, [zeros, sizes.window, zeros], attr),
    image: g.op('Conv2DBackpropInput', type, [sizes.image, window, zeros], attr),
  };
  return {
    window: cast(g, gradients.window, DType.float32),
    image: cast(g, gradients.image, DType.float32),
  };
}

/** @throws Error for another reason than that they are not there */
function canRun(session: GraphSession, precision: Precision): boolean {
  const tf = tensorFlow();
  const fed = { unused: tf.scalar(0, 'int32') };
  try {
    tf.dispose(session.run(precision, fed));
    return true;
  } catch (error) {
    if (!/dilation/i.test(String(error))) throw error;
    return false;
  } finally {
    tf.dispose(fed);
  }
}
