"""The images as tf.data brings it to TensorFlow and Keras: shuffled anew each epoch, gathered beside the step that is running."""

import tensorflow as tf
from turns import BATCH, examples, options

# Before the first tensor.
tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
tf.config.threading.set_inter_op_parallelism_threads(options["threads"])

images, labels = examples("train")
TRAINED_ON = len(labels)
images, labels = tf.constant(images), tf.constant(labels.astype("int32"))

# Of numbers, all at once: a shuffle buffer would go through the examples one by one.
orders = tf.data.Dataset.counter().map(
    lambda _: tf.random.shuffle(tf.range(TRAINED_ON), seed=options["seed"])
)


def batches(end: int) -> tf.data.Dataset:
    """Without end. Each epoch's batches begin below `end`."""
    numbers = orders.flat_map(
        lambda order: tf.data.Dataset.range(0, end, BATCH).map(lambda at: order[at : at + BATCH])
    )
    return (
        numbers
        .map(lambda k: (tf.gather(images, k), tf.gather(labels, k)))
        .prefetch(tf.data.AUTOTUNE)
    )


endless = batches(TRAINED_ON - BATCH + 1)
"""Whole batches, across the epochs' ends."""
epochs = batches(TRAINED_ON)
"""Each epoch's last batch is a smaller one."""
STEPS_OF_EPOCH = -(-TRAINED_ON // BATCH)
