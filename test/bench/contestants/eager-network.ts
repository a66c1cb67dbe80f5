import type * as TensorFlow from '@tensorflow/tfjs-node';
import type { Batch } from '../../../main/trainer/data/batches.ts';
import { tensorFlow } from '../../../main/trainer/tensorflow/tensorflow.ts';

/** The seed network written the way tfjs programs are: each op called from JavaScript, gradients by tfjs, its own RMSProp. */
export function eagerNetwork(): (batch: Batch) => void {
  const tf = tensorFlow();
  const weight = (shape: number[]): TensorFlow.Variable =>
    tf.variable(tf.randomNormal(shape, 0, 0.01));
  const kernels = [
    tf.variable(tf.randomNormal<TensorFlow.Rank.R4>([3, 3, 1, 32], 0, 0.01)),
    tf.variable(tf.randomNormal<TensorFlow.Rank.R4>([3, 3, 32, 64], 0, 0.01)),
    tf.variable(tf.randomNormal<TensorFlow.Rank.R4>([3, 3, 64, 128], 0, 0.01)),
  ];
  const hidden = weight([2048, 625]);
  const output = weight([625, 10]);
  const optimizer = tf.train.rmsprop(0.001, 0.9);

  function logits(images: TensorFlow.Tensor4D): TensorFlow.Tensor2D {
    let x = images;
    for (const kernel of kernels) {
      const convolved = tf.relu(tf.conv2d(x, kernel as unknown as TensorFlow.Tensor4D, 1, 'same'));
      x = tf.dropout(tf.maxPool(convolved, 2, 2, 'same'), 0.2) as TensorFlow.Tensor4D;
    }
    const flat = tf.reshape(x, [-1, 2048]);
    const dense = tf.dropout(tf.relu(tf.matMul(flat, hidden)), 0.5);
    return tf.matMul<TensorFlow.Tensor2D>(dense, output);
  }

  return (batch) => {
    tf.tidy(() => {
      const pixels = tf.tensor4d(Int32Array.from(batch.images), [batch.size, 28, 28, 1], 'int32');
      const images = tf.div<TensorFlow.Tensor4D>(tf.cast(pixels, 'float32'), 255);
      const labels = tf.oneHot(Int32Array.from(batch.labels), 10);
      const cost = (): TensorFlow.Scalar => tf.losses.softmaxCrossEntropy(labels, logits(images));
      optimizer.minimize(cost, true)?.dataSync();
    });
  };
}
