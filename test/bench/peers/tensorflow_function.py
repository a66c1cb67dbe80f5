"""The seed network in TensorFlow: the steps of a turn are one call of a tf.function, batches come from tf.data."""

import tensorflow as tf
from tensorflow_data import STEPS_OF_EPOCH, endless, epochs
from turns import mnist, options, seconds_of, serve

tf.random.set_seed(options["seed"])
if options["bfloat16"]:
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})

SHAPES = [(3, 3, 1, 32), (3, 3, 32, 64), (3, 3, 64, 128), (2048, 625), (625, 10)]
weights = [tf.Variable(tf.random.normal(shape, stddev=0.01)) for shape in SHAPES]
mean_squares = [tf.Variable(tf.ones(shape)) for shape in SHAPES]
momenta = [tf.Variable(tf.zeros(shape)) for shape in SHAPES]


def logits(x: tf.Tensor, training: bool) -> tf.Tensor:
    """x: uint8 [N, 28, 28, 1]"""
    drop = tf.nn.dropout if training else lambda x, rate: x
    x = tf.cast(x, tf.float32) / 255
    for kernel in weights[:3]:
        x = tf.nn.relu(tf.nn.conv2d(x, kernel, strides=1, padding="SAME"))
        x = drop(tf.nn.max_pool2d(x, ksize=2, strides=2, padding="SAME"), rate=0.2)
    x = tf.nn.relu(tf.reshape(x, [-1, 2048]) @ weights[3])
    return drop(x, rate=0.5) @ weights[4]


def step(images: tf.Tensor, labels: tf.Tensor) -> None:
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits(images, True))
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, weights)
    for weight, mean_square, momentum, gradient in zip(weights, mean_squares, momenta, gradients):
        tf.raw_ops.ResourceApplyRMSProp(
            var=weight.handle, ms=mean_square.handle, mom=momentum.handle, grad=gradient,
            lr=0.001, rho=0.9, momentum=0.0, epsilon=1e-10,
        )  # fmt: skip


whole_batches, any_batches = iter(endless), iter(epochs)


@tf.function
def steps(count: tf.Tensor) -> None:
    for _ in tf.range(count):
        step(*next(whole_batches))


@tf.function
def epoch() -> None:
    # Not `for batch in dataset`: what runs inside a dataset is not rewritten to bfloat16.
    for _ in tf.range(STEPS_OF_EPOCH):
        step(*next(any_batches))


@tf.function
def right(images: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    return tf.reduce_sum(tf.cast(tf.argmax(logits(images, False), 1) == labels, tf.float32))


class TensorFlow:
    library = f"TensorFlow {tf.__version__}"

    def train(self, count: int) -> float:
        return seconds_of(lambda: steps(tf.constant(count)))

    def epoch(self) -> None:
        epoch()

    def accuracy(self) -> float:
        images, labels = mnist("t10k")
        test = tf.data.Dataset.from_tensor_slices((images[..., None], labels.astype("int64")))
        return sum(float(right(x, y)) for x, y in test.batch(500)) / len(labels)


serve(TensorFlow())
