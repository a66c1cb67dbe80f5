import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AppContract } from '../shared/contract.ts';
import { FailureError, type Handlers } from '../shared/ipc.ts';
import type { QueuedRun, QueueRequest } from '../shared/run-queue.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { CheckpointListings } from './checkpoint-listings.ts';
import type { DatasetPlaces } from './dataset-places.ts';
import { fileNameOf } from './own-presets.ts';
import type { RunQueue } from './run-queue.ts';
import type { TrainerHost } from './trainer-host.ts';
import type { TrainingSupervisor } from './training-supervisor.ts';
import type { UsedFolders } from './used-folders.ts';

interface Parts {
  folder: CheckpointFolder;
  used: UsedFolders;
  queue: RunQueue;
  host: TrainerHost;
  training: TrainingSupervisor;
  places: DatasetPlaces;
  /** @returns null: the person cancelled */
  askForFolder(usual: string): Promise<string | null>;
}

type Names =
  | 'listCheckpoints'
  | 'listMoreCheckpoints'
  | 'checkpoints'
  | 'exportCheckpoint'
  | 'usedFolders'
  | 'lookAtFolder'
  | 'forgetFolder'
  | 'rememberFolder'
  | 'queue';

/** What the place Runs calls. */
export function createRunHandlers(parts: Parts): Pick<Handlers<AppContract>, Names> {
  const { folder, used, queue, host, training, places } = parts;
  /** Where those stood that were taken off the list: no other path comes onto it by a call. */
  const forgotten = new Map<string, number>();
  const listings = new CheckpointListings();
  return {
    listCheckpoints: async () =>
      listings.begin(await host.checkpoints(folder.path, { type: 'list' })),
    listMoreCheckpoints: (place) => listings.next(place),
    async checkpoints(request) {
      const { path } = folder;
      const answer = await host.checkpoints(path, request);
      if (answer.type === 'removed') training.noteRemoved(path, answer.names);
      if (answer.type === 'set-aside') training.noteRemoved(path, [answer.name]);
      if (answer.type === 'put-back' && !training.isBusy && path === folder.path)
        training.open(false, true);
      return answer;
    },
    async exportCheckpoint({ name }) {
      const { path } = folder;
      const to = await parts.askForFolder(dirname(path));
      if (to === null) return null;
      const into = join(to, `${basename(path)} ${name}`);
      const answer = await host.checkpoints(path, { type: 'export', name, to: into });
      if (answer.type === 'refused') throw new FailureError(answer.failure);
      return into;
    },
    usedFolders: () => used.list(),
    lookAtFolder: ({ path }) => used.look(path),
    forgetFolder({ path }) {
      const at = folder.forget(path);
      if (at >= 0) forgotten.set(path, at);
      return used.list();
    },
    rememberFolder({ path }) {
      const at = forgotten.get(path);
      if (at !== undefined && forgotten.delete(path)) folder.remember(path, at);
      return used.list();
    },
    async queue(request) {
      switch (request.type) {
        case 'list':
          break;
        case 'add': {
          const run = await queuedRun(request, parts);
          if (run === null) return null;
          places.checkRun(run.config.data);
          queue.add(run);
          break;
        }
        case 'remove':
          queue.remove(request.id);
          break;
        case 'put-back':
          queue.putBack(request.id);
          break;
        case 'move':
          queue.move(request.id, request.by);
          break;
        case 'go-on':
          queue.goOn();
          break;
        case 'hold':
          queue.hold();
          break;
      }
      return queue.state;
    },
  };
}

/** Null: the person cancelled. */
async function queuedRun(
  { name, config, secondsExpected, where }: Extract<QueueRequest, { type: 'add' }>,
  parts: Parts,
): Promise<Omit<QueuedRun, 'id'> | null> {
  const { folder, queue } = parts;
  const taken = new Set(queue.state.runs.map((run) => run.folder));
  const path =
    where === 'choose'
      ? await parts.askForFolder(dirname(folder.path))
      : freeFolder(join(dirname(folder.path), fileNameOf(name, 'run')), taken);
  return path === null ? null : { name, config, secondsExpected, folder: path };
}

/** This one, or with the next number that nothing has. */
function freeFolder(path: string, taken: ReadonlySet<string>): string {
  const isFree = (each: string): boolean => !taken.has(each) && !existsSync(each);
  if (isFree(path)) return path;
  let number = 2;
  while (!isFree(`${path} ${number}`)) number++;
  return `${path} ${number}`;
}

/**
 * Opens a queued run's folder, which is made where it is not there, and starts.
 * @throws FailureError where the folder cannot be made or written to
 */
export function beginQueuedRun(
  { folder: path, config }: QueuedRun,
  folder: CheckpointFolder,
  training: TrainingSupervisor,
): void {
  try {
    for (const each of [dirname(path), path]) if (!existsSync(each)) mkdirSync(each);
  } catch (cause) {
    throw new FailureError(
      {
        what: `The folder of the run could not be made: ${messageOf(cause)}.`,
        where: path,
        remedy: systemFault(cause)?.remedy ?? 'Remove the run from the queue, and add it anew.',
      },
      { cause },
    );
  }
  folder.choose(path);
  training.open();
  training.start({ config });
}
