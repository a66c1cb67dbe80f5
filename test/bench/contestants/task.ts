import { mnistFolder } from '../../../main/trainer/data/named/mnist.ts';

/** What all contestants train. */
export interface Task {
  network: 'seed' | 'cifar';
  /** Folder of IDX files. */
  data: string;
  /** How many of the last training images are kept for validation. */
  validation: number;
}

export const seedTask = (): Task => ({
  network: 'seed',
  data: mnistFolder(),
  validation: 5_000,
});

/** @param data folder of images of CIFAR-10's shape */
export const cifarTask = (data: string): Task => ({ network: 'cifar', data, validation: 0 });
