import { join } from 'node:path';
import { root } from './places.mjs';
import { pythonOf } from './python-environment.mjs';

/** A Python with TensorFlow, Keras and PyTorch; null, after saying why, if it cannot be installed. */
export const peersPython = () =>
  pythonOf({
    name: 'peers',
    title: 'TensorFlow, Keras and PyTorch',
    requirements: join(root, 'test/bench/peers/requirements.txt'),
    // This is an estimate: what pip fetches differs by platform, and PyTorch's default package on Linux may bring libraries for
    // graphics cards.
    bytes: 2_300_000_000,
  });
