import { attribute, DType, type GraphBuilder, type Tensor } from './builder.ts';
import { oneHot } from './arrays.ts';
import { argmax, binary, cast, compare, matmul, multiply, reduce } from './ops.ts';

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
 * @param smoothing share of the target that is spread over all classes (Szegedy et al. 2016)
 * @param examples N, int32 scalar
 */
export function softmaxCrossEntropy(
  g: GraphBuilder,
  logits: Tensor,
  labels: Tensor,
  classes: number,
  smoothing: number,
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
  return {
    mean: reduce(g, 'Mean', each, [0]),
    gradient: multiply(g, g.output(each, 1, DType.float32), share),
  };
}

/** How many of a batch are right, float32 scalar. */
export const correctCount = (g: GraphBuilder, logits: Tensor, labels: Tensor): Tensor =>
  reduce(g, 'Sum', cast(g, compare(g, 'Equal', argmax(g, logits), labels), DType.float32), [0]);

/** How many have their label among the two highest scores, float32 scalar. */
export function topTwoCount(g: GraphBuilder, logits: Tensor, labels: Tensor): Tensor {
  const among = g.op('InTopKV2', DType.bool, [logits, labels, g.int(2)], {
    T: attribute.type(labels.type),
  });
  return reduce(g, 'Sum', cast(g, among, DType.float32), [0]);
}

/** How many examples of each class (row) were given each answer (column), float32 [classes, classes]. */
export function confusionMatrix(
  g: GraphBuilder,
  logits: Tensor,
  labels: Tensor,
  classes: number,
): Tensor {
  const oneHotRows = (of: Tensor): Tensor => oneHot(g, of, classes, g.float(1), g.float(0));
  return matmul(g, oneHotRows(labels), oneHotRows(argmax(g, logits)), { a: true });
}
