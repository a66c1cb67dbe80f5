"""A network in TensorFlow: the steps of a turn are one call of a tf.function, batches come from tf.data."""

import tensorflow as tf
from tensorflow_data import STEPS_OF_EPOCH, endless, epochs
from tensorflow_networks import make_network
from turns import examples, options, seconds_of, serve

tf.random.set_seed(options["seed"])
if options["bfloat16"]:
    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})

network = make_network()


def logits(x: tf.Tensor, training: bool) -> tf.Tensor:
    """x: uint8 [N, H, W, C]"""
    return network.logits(tf.cast(x, tf.float32) / 255, training)


def step(images: tf.Tensor, labels: tf.Tensor) -> None:
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits(images, True))
        loss = tf.reduce_mean(losses)
    network.update(tape.gradient(loss, network.weights))


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
        images, labels = examples("t10k")
        test = tf.data.Dataset.from_tensor_slices((images, labels.astype("int64")))
        return sum(float(right(x, y)) for x, y in test.batch(500)) / len(labels)


serve(TensorFlow())
