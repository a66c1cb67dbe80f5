import { elementCount } from '../../../../shared/network-shape.ts';
import { DType, type GraphBuilder, type Tensor } from '../builder.ts';
import { reshape } from '../arrays.ts';
import type { JointlyDifferentiable } from '../differentiable.ts';
import type { NormalizationPrimitive } from '../lower.ts';
import { add, binary, cast, multiply, unary } from '../ops.ts';
import { sum } from '../sums.ts';
import { ofShard, type ShardContext } from '../shard-context.ts';
import type { Normalization } from '../weights.ts';
import { moveStatistics, poolFirst, turnerOf } from './batch-normalization.ts';
import {
  gradientThrough,
  scaleAndShift,
  statisticsOf,
  type Statistics,
} from './normalization-ops.ts';

/**
 * Batch normalisation in training, over all shards. Each shard processes its own part, and between two passes they exchange sums for each
 * channel, so the statistics are those of the whole batch, as they are without shards. Max-pooling that follows is done first, which leaves
 * fewer numbers to scale and shift.
 * @param inputs x of each shard, [n, H, W, C] or [n, C]
 */
export function normalizeTogether(
  shards: readonly ShardContext[],
  name: string,
  primitive: NormalizationPrimitive,
  n: Normalization,
  inputs: readonly Tensor[],
): JointlyDifferentiable[] {
  const [first] = shards;
  if (!first) throw new Error('there is no shard');
  const { g, rows, shared } = first;
  const { layer, shape } = primitive;
  const { epsilon } = layer;
  const channels = shape.input.at(-1) ?? 1;
  const isFlat = shape.input.length === 1;
  // The op takes images: [n, C] goes in as [n, 1, 1, C].
  const asImages = (x: Tensor): Tensor => (isFlat ? reshape(g, x, [-1, 1, 1, channels]) : x);
  const asInput = (x: Tensor): Tensor => (isFlat ? reshape(g, x, [-1, channels]) : x);
  const turned = turnerOf(first, primitive, n);
  const gamma = turned(shared.readVariable(n.scale));
  const beta = shared.readVariable(n.shift);

  const parts = shards.map((context, k) => {
    const { scope } = context;
    return g.within(`${scope}/${name}`, () => {
      const x = asImages(ofShard(inputs, k));
      const pooled = poolFirst(context, primitive, x);
      return { scope, x, pooled, statistics: statisticsOf(g, x, channels, epsilon) };
    });
  });
  const places = g.float(elementCount(shape.input) / channels);
  const countOf = (examples: Tensor): Tensor =>
    multiply(g, cast(g, examples, DType.float32), places);
  const count = countOf(rows.examples);
  const joint = g.within(name, () => {
    const found = parts.map(({ statistics }) => statistics);
    const { mean, variance } = joinStatistics(g, found, rows.shares);
    const own = countOf(rows.distinct);
    const others = binary(g, 'Maximum', binary(g, 'Sub', own, g.float(1)), g.float(1));
    const unbiased = multiply(g, variance, binary(g, 'RealDiv', own, others));
    moveStatistics(first, layer, n, { mean: turned(mean), variance: unbiased });
    return { mean, variance };
  });

  // dx = γ/σ · (dy − mean of dy − x̂ · mean of dy·x̂): the means are those of the whole batch.
  const backwardTogether = (gradients: readonly Tensor[]): Tensor[] => {
    const found = parts.map(({ scope, pooled }, k) =>
      g.within(scope, () => {
        const dy = asImages(ofShard(gradients, k));
        return gradientThrough(g, dy, pooled.output, gamma, joint, epsilon);
      }),
    );
    for (const { dGamma, dBeta } of found) {
      shared.addGradient(n.scale, turned(dGamma));
      shared.addGradient(n.shift, dBeta);
    }
    const deviation = unary(g, 'Sqrt', add(g, joint.variance, g.float(epsilon)));
    const factor = binary(g, 'RealDiv', gamma, multiply(g, deviation, count));
    const means = [found.map(({ dGamma }) => dGamma), found.map(({ dBeta }) => dBeta)];
    const [byX, alike] = means.map((sums) => unary(g, 'Neg', multiply(g, factor, sum(g, sums))));
    return parts.map(({ scope, x, pooled }, k) =>
      g.within(scope, () => {
        const dx = found[k]?.dx;
        if (!dx || !byX || !alike) throw new Error(`there is no gradient of shard ${k}`);
        const rest = scaleAndShift(g, x, byX, alike, joint, epsilon);
        return asInput(add(g, pooled.backward(dx), rest));
      }),
    );
  };
  return parts.map(({ scope, pooled }) => ({
    output: g.within(`${scope}/${name}`, () =>
      asInput(scaleAndShift(g, pooled.output, gamma, beta, joint, epsilon)),
    ),
    backwardTogether,
  }));
}

/**
 * Combines the statistics of the parts (Chan et al. 1979).
 * @param shares of each part in the whole
 */
function joinStatistics(
  g: GraphBuilder,
  parts: readonly Statistics[],
  shares: readonly Tensor[],
): Statistics {
  const weighted = (values: readonly Tensor[]): Tensor =>
    sum(
      g,
      values.map((value, k) => multiply(g, value, ofShard(shares, k))),
    );
  const mean = weighted(parts.map((part) => part.mean));
  const spread = parts.map((part) =>
    add(g, part.variance, unary(g, 'Square', binary(g, 'Sub', part.mean, mean))),
  );
  return { mean, variance: weighted(spread) };
}
