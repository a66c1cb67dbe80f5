import { HISTOGRAM_BINS } from '../../../../shared/histogram.ts';
import { pack, reshape } from '../arrays.ts';
import { attribute, DType, type GraphBuilder, type Tensor } from '../builder.ts';
import type { Placeholders } from '../inputs.ts';
import type { BatchContext } from '../model.ts';
import { add, cast, compare, reduce, select, unary } from '../ops.ts';
import type { EntryPoints } from '../saved-model.ts';
import { spreadVariable } from '../weights.ts';

/**
 * How values of several layers are spread, in the order of the layers: `borders` [layers × 2], the least and the greatest value;
 * `counts` [layers × bins], how many lie in each of so many equal parts between them; `zeros` [layers], the share that is exactly 0.
 * All float32; a count above 2²⁴ is rounded.
 */
export function histogramOutputs(
  g: GraphBuilder,
  layers: readonly Tensor[],
): Record<string, Tensor> {
  const spread = layers.map((values) => spreadOf(g, reshape(g, values, [-1])));
  const joined = (part: keyof Spread): Tensor =>
    reshape(
      g,
      pack(
        g,
        spread.map((each) => each[part]),
        DType.float32,
      ),
      [-1],
    );
  return { borders: joined('borders'), counts: joined('counts'), zeros: joined('zeros') };
}

interface Spread {
  borders: Tensor;
  counts: Tensor;
  zeros: Tensor;
}

/** @param values float32, one dimension */
function spreadOf(g: GraphBuilder, values: Tensor): Spread {
  const least = unary(g, 'Neg', reduce(g, 'Max', unary(g, 'Neg', values), [0]));
  const most = reduce(g, 'Max', values, [0]);
  // Where all are the same, any width will do; the op takes none that is zero.
  const wider = add(g, add(g, least, g.float(1)), unary(g, 'Relu', least));
  const range = pack(
    g,
    [least, select(g, compare(g, 'Less', least, most), most, wider)],
    DType.float32,
  );
  const counts = g.op('HistogramFixedWidth', DType.int32, [values, range, g.int(HISTOGRAM_BINS)], {
    T: attribute.type(DType.float32),
    dtype: attribute.type(DType.int32),
  });
  const isZero = cast(g, compare(g, 'Equal', values, g.float(0)), DType.float32);
  return {
    borders: pack(g, [least, most], DType.float32),
    counts: cast(g, counts, DType.float32),
    zeros: reduce(g, 'Mean', isZero, [0]),
  };
}

/** How the weights of each layer that learns are spread. */
export function weightsHistogramEntryPoint(
  { model, variables }: BatchContext,
  { unused }: Placeholders,
): EntryPoints {
  const { g, weights } = model;
  const read = weights.flatMap((layer) => {
    const variable = spreadVariable(layer);
    return variable ? [variables.read(variable)] : [];
  });
  if (read.length === 0) return {};
  return { 'weights-histogram': { inputs: { unused }, outputs: histogramOutputs(g, read) } };
}
