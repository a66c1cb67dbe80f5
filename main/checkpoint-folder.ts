import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Folder } from '../shared/contract.ts';
import { FailureError } from '../shared/ipc.ts';
import { messageOf, systemFault } from '../shared/system-errors.ts';
import type { CheckpointRef, TrainerEvent } from '../shared/trainer-events.ts';
import { MAX_RECENT, type Preferences } from './preferences-file.ts';
import { isFolderNow } from './trainer/files/is-folder.ts';
import type { Found } from '../shared/checkpoint-protocol.ts';

/** A menu offers so many of the folders that were used. */
const MOST_IN_MENU = 8;

/** The folder checkpoints are kept in: which one it is, which ones were before, and whether it can be used. */
export class CheckpointFolder {
  readonly #preferences: Preferences;
  readonly #usual: string;
  #checkpoint: CheckpointRef | null = null;
  #found: Found | null = null;

  /** @param documents where the default folder is made, once a run first needs it */
  constructor(preferences: Preferences, documents: string) {
    this.#preferences = preferences;
    this.#usual = join(documents, 'Firstlayer', 'CNN_ckpt_dir');
  }

  get path(): string {
    return this.#preferences.get('folder') ?? this.#usual;
  }

  get checkpoint(): CheckpointRef | null {
    return this.#checkpoint;
  }

  /** The folder as the window shows it. */
  describe(): Folder {
    const others = this.#preferences.get('recentFolders').filter((path) => path !== this.path);
    const recent = others.slice(0, MOST_IN_MENU);
    return { path: this.path, checkpoint: this.#checkpoint, found: this.#found, recent };
  }

  /** All that a person has used, most recent first, the present one among them. */
  get used(): string[] {
    return [...new Set([this.path, ...this.#preferences.get('recentFolders')])];
  }

  /**
   * Takes one off the list; nothing in it is touched. The present one stays.
   * @returns where it stood; −1: it was not there
   */
  forget(path: string): number {
    const recent = this.#preferences.get('recentFolders');
    const at = path === this.path ? -1 : recent.indexOf(path);
    if (at >= 0) this.#preferences.set('recentFolders', recent.toSpliced(at, 1));
    return at;
  }

  /** Puts one where it stood. */
  remember(path: string, at: number): void {
    const recent = this.#preferences.get('recentFolders').filter((other) => other !== path);
    this.#preferences.set('recentFolders', recent.toSpliced(at, 0, path).slice(0, MAX_RECENT));
  }

  /** Remembers the newest checkpoint; null: there is none. */
  note(checkpoint: CheckpointRef | null): void {
    this.#checkpoint = checkpoint;
  }

  /**
   * Notes from the trainer's events where the run is saved, and what its newest checkpoint is.
   * @returns whether any of that may have changed
   */
  noteEvent(event: TrainerEvent): boolean {
    switch (event.type) {
      case 'opened':
      case 'started':
        this.note(event.restoredFrom);
        return true;
      case 'saved':
      case 'recovery-saved': {
        const { path, step, epoch, seed } = event;
        this.follow(dirname(path));
        this.note({ path, step, epoch, seed });
        return true;
      }
      case 'stopped':
        if (event.checkpoint !== null) this.note(event.checkpoint);
        return event.checkpoint !== null;
      default:
        return false;
    }
  }

  /** Notes what else lies in the folder; null if there is nothing, or a person has decided about it. */
  noteFound(found: Found | null): void {
    this.#found = found;
  }

  /** Whether the folder exists already, so that it can be listed without making it. */
  exists(): boolean {
    return isFolderNow(this.path);
  }

  /** Whether nothing lies in it, or it is not there. */
  isEmpty(): boolean {
    try {
      return !this.exists() || readdirSync(this.path).length === 0;
    } catch {
      return false;
    }
  }

  /** @throws FailureError if `path` is not a folder that can be written to; the present folder is then kept */
  choose(path: string): void {
    checkFolder(path);
    const before = this.exists() ? [this.path] : [];
    const recent = [path, ...before, ...this.#preferences.get('recentFolders')];
    this.#preferences.set('recentFolders', [...new Set(recent)].slice(0, MAX_RECENT));
    this.#preferences.set('folder', path);
    this.#checkpoint = null;
    this.#found = null;
  }

  /** Follows the run to another folder in which it has saved, because it was told to or the one before was lost. */
  follow(path: string): void {
    if (isFolderNow(path) && realPath(this.path) !== path) this.choose(path);
  }

  /** @throws FailureError if `path` is not one of the recent folders, or cannot be used any more */
  chooseRecent(path: string): void {
    if (!this.#preferences.get('recentFolders').includes(path))
      throw new FailureError({
        what: 'This folder is not among the recent ones.',
        where: path,
        remedy: 'Choose it with “Choose folder…”.',
      });
    this.choose(path);
  }

  /**
   * Makes sure that a run can write here. The default folder is made if it is missing. A missing folder that a person chose is not made: it
   * may lie on a disk that is not plugged in, and a new one would hide that.
   * @throws FailureError
   */
  prepare(): void {
    const { path } = this;
    if (path === this.#usual) {
      try {
        // The option `recursive` is not used: it retries forever if the home folder is a link to nowhere.
        for (const each of [dirname(path), path]) if (!existsSync(each)) mkdirSync(each);
      } catch (cause) {
        throw new FailureError(
          {
            what: `The checkpoint folder could not be made: ${messageOf(cause)}.`,
            where: path,
            remedy: `${systemFault(cause)?.remedy ?? 'Look at what lies there.'} ${ELSEWHERE}`,
          },
          { cause },
        );
      }
    }
    this.check();
  }

  /** @throws FailureError if the folder is missing, or cannot be written to */
  check(): void {
    checkFolder(this.path);
  }
}

const ELSEWHERE = 'Another folder is chosen with “Choose folder…”.';

/** The path with all links resolved, as the trainer names what it has saved. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** @throws FailureError if it is not a folder, or cannot be written to */
function checkFolder(path: string): void {
  const refuse = (what: string, remedy: string): never => {
    throw new FailureError({ what, where: path, remedy: `${remedy} ${ELSEWHERE}` });
  };
  let isThere = false;
  try {
    isThere = statSync(path).isDirectory();
    if (isThere) accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const fault = systemFault(error);
    if (fault?.code !== 'ENOENT' && fault?.code !== 'ENOTDIR')
      refuse(
        `The checkpoint folder cannot be written to: ${messageOf(error)}.`,
        fault?.remedy ?? 'Change its permissions.',
      );
  }
  if (!isThere) refuse('The checkpoint folder is not there.', 'Connect the disk it is on.');
}
