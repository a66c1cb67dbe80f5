import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Entry } from './injection.mjs';

/**
 * A disk that may lose what it was not asked to keep. A file's content is safe from its last sync on, a name from the folder's last
 * sync on; of all that came later any part may be there, and a write may be there in part, or as zeros.
 */

interface File {
  /** As the running system sees it. */
  content: Buffer;
  /** As it was when last synced; null: never. */
  safe: Buffer | null;
}

type NameChange = (names: Map<string, File>) => void;

export class LosingDisk {
  /** As the running system sees it. */
  readonly #names = new Map<string, File>();
  readonly #safeNames: Map<string, File>;
  #unsafe: NameChange[] = [];

  constructor() {
    this.#safeNames = new Map();
  }

  apply(entry: Entry): void {
    const { operation, path } = entry;
    const file = this.#names.get(path);
    switch (operation) {
      case 'open':
        if (path === '' || entry.emptied === undefined) return;
        if (!file) {
          const made: File = { content: Buffer.alloc(0), safe: null };
          this.#change((names) => names.set(path, made));
        } else if (entry.emptied) file.content = Buffer.alloc(0);
        return;
      case 'write': {
        if (!file) throw new Error(`${path} was written to, but not opened`);
        const data = Buffer.from(entry.data ?? '', 'base64');
        const at = entry.at ?? 0;
        const content = Buffer.alloc(Math.max(file.content.length, at + data.length));
        file.content.copy(content);
        data.copy(content, at);
        file.content = content;
        return;
      }
      case 'truncate':
        if (file) file.content = file.content.subarray(0, entry.size);
        return;
      case 'sync':
        if (path === '') this.#syncNames();
        else if (file) file.safe = Buffer.from(file.content);
        return;
      case 'rename':
        if (!file || entry.to === undefined)
          throw new Error(`${path} was renamed, but is not there`);
        this.#rename(file, path, entry.to);
        return;
      case 'unlink':
        this.#change((names) => names.delete(path));
        return;
      case 'mkdir':
      case 'acknowledged':
        return;
    }
  }

  #rename(file: File, from: string, to: string): void {
    this.#change((names) => {
      if (names.get(from) === file) names.delete(from);
      names.set(to, file);
    });
  }

  #change(change: NameChange): void {
    change(this.#names);
    this.#unsafe.push(change);
  }

  #syncNames(): void {
    for (const change of this.#unsafe.splice(0)) change(this.#safeNames);
  }

  /**
   * What is there after the power failed.
   * @param random 0 to 1, seeded
   */
  afterPowerLoss(folder: string, random: () => number): void {
    const names = new Map(this.#safeNames);
    for (const change of this.#unsafe) if (random() < 0.5) change(names);
    mkdirSync(folder, { recursive: true });
    for (const [name, file] of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), remains(file, random));
    }
  }
}

function remains({ content, safe }: File, random: () => number): Buffer {
  if (safe?.equals(content)) return content;
  const kept = safe ?? Buffer.alloc(0);
  const choice = random();
  if (choice < 0.25) return kept;
  if (choice < 0.5) return content;
  const torn = Buffer.from(content.subarray(0, Math.floor(content.length * random())));
  if (choice < 0.75) return Buffer.concat([torn, kept.subarray(torn.length)]);
  // The size was kept, the data was not.
  return Buffer.concat([torn, Buffer.alloc(content.length - torn.length)]);
}
