"""MNIST as tf.data brings it to TensorFlow and Keras: shuffled anew each epoch, gathered beside the step that is running."""

import tensorflow as tf
from turns import BATCH, TRAINED_ON, mnist, options

# Before the first tensor.
tf.config.threading.set_intra_op_parallelism_threads(options["threads"])
tf.config.threading.set_inter_op_parallelism_threads(options["threads"])

images, labels = mnist("train")
images, labels = tf.constant(images[..., None]), tf.constant(labels.astype("int32"))
order = tf.data.Dataset.range(TRAINED_ON).shuffle(TRAINED_ON, seed=options["seed"])


def batches(numbers: tf.data.Dataset) -> tf.data.Dataset:
    return (
        numbers
        .map(lambda k: (tf.gather(images, k), tf.gather(labels, k)))
        .prefetch(tf.data.AUTOTUNE)
    )


endless = batches(order.repeat().batch(BATCH, drop_remainder=True))
"""Whole batches, across the epochs' ends."""
epochs = batches(order.batch(BATCH).repeat())
"""Each epoch's last batch is a smaller one."""
STEPS_OF_EPOCH = -(-TRAINED_ON // BATCH)
