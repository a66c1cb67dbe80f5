import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { gatherRows, oneHot, reshape } from './arrays.ts';
import { argmax, binary, cast, compare, multiply, reduce } from './ops.ts';

/** How the loss of a batch is computed. */
interface LossRule {
  /** Share of the target that is spread over all classes (Szegedy et al. 2016). */
  smoothing: number;
  /**
   * Factor of each class's loss, null if all classes count the same. The sum is divided by the number of examples all the same, as in
   * Keras.
   */
  classWeights: readonly number[] | null;
}

/** The loss in an evaluation. */
export const plainLoss: LossRule = { smoothing: 0, classWeights: null };

/** Mean softmax cross-entropy over a batch. */
export interface Loss {
  /** Scalar, float32. */
  mean: Tensor;
  /** Gradient of the mean with respect to the logits, [N, classes]. */
  gradient: Tensor;
}

/**
 * Mean over the batch of −Σ target · log softmax(logits).
 * @param logits float32 [N, classes]
 * @param labels int32 [N]
 * @param examples N, int32 scalar
 */
export function softmaxCrossEntropy(
  g: GraphBuilder,
  logits: Tensor,
  labels: Tensor,
  classes: number,
  { smoothing, classWeights }: LossRule,
  examples: Tensor,
): Loss {
  const each =
    smoothing === 0
      ? g.op('SparseSoftmaxCrossEntropyWithLogits', DType.float32, [logits, labels], {
          T: attribute.type(DType.float32),
          Tlabels: attribute.type(DType.int32),
        })
      : g.op(
          'SoftmaxCrossEntropyWithLogits',
          DType.float32,
          [
            logits,
            oneHot(
              g,
              labels,
              classes,
              g.float(1 - smoothing + smoothing / classes),
              g.float(smoothing / classes),
            ),
          ],
          { T: attribute.type(DType.float32) },
        );
  const share = binary(g, 'RealDiv', g.float(1), cast(g, examples, DType.float32));
  const perExample = g.output(each, 1, DType.float32);
  if (!classWeights)
    return { mean: reduce(g, 'Mean', each, [0]), gradient: multiply(g, perExample, share) };
  const weights = gatherRows(g, g.floats(classWeights, [classWeights.length]), labels);
  const shares = reshape(g, multiply(g, weights, share), [-1, 1]);
  return {
    mean: reduce(g, 'Mean', multiply(g, each, weights), [0]),
    gradient: multiply(g, perExample, shares),
  };
}

/** Number of correct answers in a batch, float32 scalar. */
export const correctCount = (g: GraphBuilder, logits: Tensor, labels: Tensor): Tensor =>
  reduce(g, 'Sum', cast(g, compare(g, 'Equal', argmax(g, logits), labels), DType.float32), [0]);

/** Number of examples that have their label among the `k` highest scores, float32 scalar. */
export function topCount(g: GraphBuilder, logits: Tensor, labels: Tensor, k: number): Tensor {
  const among = g.op('InTopKV2', DType.bool, [logits, labels, g.int(k)], {
    T: attribute.type(labels.type),
  });
  return reduce(g, 'Sum', cast(g, among, DType.float32), [0]);
}
