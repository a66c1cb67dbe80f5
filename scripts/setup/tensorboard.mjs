import { join } from 'node:path';
import { root } from './places.mjs';
import { installedPython, pythonOf } from './python-environment.mjs';

/** TensorBoard, whose own readers the tests use to check a run's folder. */
const environment = {
  name: 'tensorboard',
  title: 'TensorBoard',
  requirements: join(root, 'test/faults/support/requirements.txt'),
  bytes: 130_000_000,
};

export async function tensorboard() {
  await pythonOf(environment);
}

/** A Python with TensorBoard; null if it could not be installed. */
export const tensorboardPython = () => installedPython(environment);
