import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { DiagnosticsEvent, Score } from '../../../shared/trainer-protocol.ts';
import { summaryWriter, type SummaryWriter } from '../tensorflow.ts';
import type { Logged } from './metrics-log.ts';
import type { Branch } from './record.ts';

/**
 * The curves, and what the diagnostics measure, as TensorBoard's event files, so that `tensorboard --logdir FOLDER` shows them. Every branch is a run of its
 * own there, for its steps come twice.
 */
export class TensorBoardLog {
  readonly #train: SummaryWriter;
  readonly #validation: SummaryWriter;

  /** @throws Error when the folder cannot be written to */
  constructor(folder: string, branch: Branch) {
    const below = branch.number === 1 ? [] : [`branch-${branch.number}`];
    const writer = (name: string): SummaryWriter =>
      summaryWriter(withinFolder(folder, ['tensorboard', ...below, name]));
    this.#train = writer('train');
    this.#validation = writer('validation');
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
    } else if (event.type === 'diagnostics') writeLayers(this.#train, event);
  }

  flush(): void {
    this.#train.flush();
    this.#validation.flush();
  }
}

/** @throws Error where one of the folders is a link: what is written there would go elsewhere */
function withinFolder(folder: string, names: readonly string[]): string {
  return names.reduce((path, name) => {
    const next = join(path, name);
    if (lstatSync(next, { throwIfNoEntry: false })?.isSymbolicLink())
      throw new Error(`${next} is a link, and was not followed`);
    return next;
  }, folder);
}

function writeScore(writer: SummaryWriter, { loss, accuracy }: Score, step: number): void {
  writer.scalar('epoch/loss', loss, step);
  writer.scalar('epoch/accuracy', accuracy, step);
}

/** TensorBoard shows what has one name before the slash together: all layers' gradients, all layers' updates, … */
function writeLayers(writer: SummaryWriter, { layers, step }: DiagnosticsEvent): void {
  for (const { name, gradientNorm, updateNorm, weightNorm, deadShare } of layers) {
    const measures = {
      gradient_norm: gradientNorm,
      update_norm: updateNorm,
      weight_norm: weightNorm,
      dead_share: deadShare,
    };
    for (const [measure, value] of Object.entries(measures))
      if (value !== null) writer.scalar(`${measure}/${name}`, value, step);
  }
}
