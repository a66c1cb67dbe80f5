import { lstat, mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DiagnosticsEvent } from '../../../../shared/trainer-events.ts';
import { hasCode, isLink } from '../../files/durable-files.ts';
import { checkSame, identifyFolder } from '../folder.ts';
import type { FolderIdentity } from '../lock.ts';
import type { Logged, LogStart } from '../metrics-log.ts';
import { EventFile } from './event-file.ts';
import type { Score } from '../../../../shared/score.ts';

/** The folder of TensorBoard's files, inside the run's folder. */
export const TENSORBOARD = 'tensorboard';

/**
 * Writes the curves and the diagnostics as TensorBoard's event files, so that `tensorboard --logdir FOLDER` shows them. Each
 * branch is a run of its own there, because branches repeat steps.
 */
export class TensorBoardLog {
  readonly #folder: string;
  readonly #names: readonly string[];
  readonly #train: EventFile;
  readonly #validation: EventFile;

  /** @param before log of another folder, whose unwritten curves are written here */
  constructor(folder: string, { branch, step }: LogStart, before: TensorBoardLog | null) {
    this.#folder = folder;
    this.#names = [TENSORBOARD, ...(branch.number === 1 ? [] : [`branch-${branch.number}`])];
    this.#train = new EventFile(
      join(folder, ...this.#names, 'train'),
      step,
      before && before.#train,
    );
    const validation = join(folder, ...this.#names, 'validation');
    this.#validation = new EventFile(validation, step, before && before.#validation);
  }

  add(event: Logged): void {
    if (event.type === 'step') {
      const { loss, accuracy, learningRate } = event;
      const measures = {
        'batch/loss': loss,
        'batch/accuracy': accuracy,
        'batch/learning_rate': learningRate,
      };
      this.#train.add(event.step, measures);
    } else if (event.type === 'epoch') {
      this.#train.add(event.step, scalarsOf(event.train));
      if (event.trainEvaluated) {
        const { loss, accuracy } = event.trainEvaluated;
        this.#train.add(event.step, {
          'epoch/loss_as_validation': loss,
          'epoch/accuracy_as_validation': accuracy,
        });
      }
      if (event.validation) this.#validation.add(event.step, scalarsOf(event.validation));
    } else if (event.type === 'diagnostics') this.#train.add(event.step, layerScalars(event));
  }

  /**
   * Writes what has been added so far.
   * @param check rejects when the folder is no longer the same
   * @throws Error when it cannot be written
   */
  async write(check: () => Promise<void>): Promise<void> {
    for (const [name, file] of [
      ['train', this.#train],
      ['validation', this.#validation],
    ] as const) {
      if (file.isEmpty) continue;
      await check();
      await makeWithin(this.#folder, [...this.#names, name], check);
      await file.write();
    }
  }
}

/**
 * Makes nested folders, or none where `check` rejects once they are there: another folder may have taken the run's place meanwhile.
 * @param check rejects when the folder is no longer the same
 * @throws Error when one of them is a link, because what is written there would go elsewhere
 */
async function makeWithin(
  folder: string,
  names: readonly string[],
  check: () => Promise<void>,
): Promise<void> {
  const made: { path: string; identity: FolderIdentity }[] = [];
  try {
    let path = folder;
    for (const name of names) {
      path = join(path, name);
      if (await isLink(path)) throw new Error(`${path} is a link, and was not followed`);
      if (!(await isMissing(path))) continue;
      await mkdir(path);
      made.push({ path, identity: await identifyFolder(path) });
    }
    if (made.length > 0) await check();
  } catch (error) {
    // Only the folders made here, which are empty. A copy of the run's folder may have others by their names.
    for (const { path, identity } of made.reverse())
      await checkSame(path, identity)
        .then(() => rmdir(path))
        .catch(() => undefined);
    throw error;
  }
}

const isMissing = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => false,
    (error: unknown) => hasCode(error, 'ENOENT'),
  );

const scalarsOf = ({ loss, accuracy }: Score): Record<string, number> => ({
  'epoch/loss': loss,
  'epoch/accuracy': accuracy,
});

/** TensorBoard groups scalars by the name before the slash: all layers' gradients, all layers' updates, … */
function layerScalars({ layers }: DiagnosticsEvent): Record<string, number> {
  const scalars: Record<string, number> = {};
  for (const layer of layers) {
    const { name, gradientNorm, updateNorm, weightNorm, weightDeviation, deadShare } = layer;
    const measures = {
      gradient_norm: gradientNorm,
      update_norm: updateNorm,
      weight_norm: weightNorm,
      weight_deviation: weightDeviation ?? null,
      dead_share: deadShare,
    };
    for (const [measure, value] of Object.entries(measures))
      if (value !== null) scalars[`${measure}/${name}`] = value;
  }
  return scalars;
}
