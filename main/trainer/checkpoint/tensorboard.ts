import { join } from 'node:path';
import type { Score } from '../../../shared/trainer-protocol.ts';
import { summaryWriter, type SummaryWriter } from '../session.ts';
import type { Logged } from './metrics-log.ts';
import type { Branch } from './record.ts';

/**
 * The curves once more as TensorBoard's event files, so that `tensorboard --logdir FOLDER` shows them. Every branch is a run of its
 * own there, for its steps come twice.
 */
export class TensorBoardLog {
  readonly #train: SummaryWriter;
  readonly #validation: SummaryWriter;

  /** @throws Error when the folder cannot be written to */
  constructor(folder: string, branch: Branch) {
    const root = join(
      folder,
      'tensorboard',
      ...(branch.number === 1 ? [] : [`branch-${branch.number}`]),
    );
    this.#train = summaryWriter(join(root, 'train'));
    this.#validation = summaryWriter(join(root, 'validation'));
  }

  /** @throws Error when the disk does not take it */
  add(event: Logged): void {
    if (event.type === 'step') {
      this.#train.scalar('batch/loss', event.loss, event.step);
      this.#train.scalar('batch/accuracy', event.accuracy, event.step);
      this.#train.scalar('batch/learning_rate', event.learningRate, event.step);
    } else if (event.type === 'epoch') {
      writeScore(this.#train, event.train, event.step);
      if (event.validation) writeScore(this.#validation, event.validation, event.step);
    }
  }

  flush(): void {
    this.#train.flush();
    this.#validation.flush();
  }
}

function writeScore(writer: SummaryWriter, { loss, accuracy }: Score, step: number): void {
  writer.scalar('epoch/loss', loss, step);
  writer.scalar('epoch/accuracy', accuracy, step);
}
