import { join } from 'node:path';
import { root } from './places.mjs';
import { installedPython, pythonOf } from './python-environment.mjs';

/** TensorBoard, whose own readers the tests ask what they find in a run's folder. */
const environment = {
  name: 'tensorboard',
  title: 'TensorBoard',
  requirements: join(root, 'test/faults/support/requirements.txt'),
  bytes: 130_000_000,
};

export async function tensorboard() {
  await pythonOf(environment);
}

/** A Python that has it; null where it could not be had. */
export const tensorboardPython = () => installedPython(environment);
