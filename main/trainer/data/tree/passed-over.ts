import type { Failure } from '../../../../shared/ipc.ts';
import { shown } from '../../../../shared/shown.ts';

const repack = 'Pack the archive once more, of plain files, if they belong to the data.';
const copyThere = 'Copy what they lead to into the folder, if it belongs to the data.';
const rights = 'Give your account the right to read them, if they belong to the data.';

/** Why something is not among a tree's files: the message and the remedy. */
const reasons = {
  outwardLink: ['Links that lead out of the folder are not followed', copyThere],
  folderLink: ['Links to folders are not followed', copyThere],
  brokenLink: ['Links that lead nowhere are passed over', 'Remove them, or mend them.'],
  special: ['What is neither a file nor a folder is passed over', 'Nothing need be done.'],
  unreadableFolder: ['Folders that cannot be read are passed over', rights],
  unreadableFile: ['Files that cannot be read are passed over', rights],
  unsafeName: [
    'Names that lead out of the archive, or may on some system, are passed over',
    repack,
  ],
  archivedLink: ['Links in an archive are not followed', repack],
  encrypted: ['Encrypted files are passed over', 'Pack the archive without a password.'],
  unknownPacking: [
    'Files that are packed in a way that is not read here are passed over',
    'Pack the archive as a plain .zip (Deflate) or .tar.gz.',
  ],
  repeated: [
    'The archive has several files of one name; the last of them counts',
    'Give the files names of their own, if they are different ones.',
  ],
} as const satisfies Record<string, readonly [what: string, remedy: string]>;

export type PassedOverReason = keyof typeof reasons;

const MOST_NAMED = 3;

/** Collects what is not read: for each reason the first few names, and the number of the others. */
export class PassedOver {
  readonly #byReason = new Map<PassedOverReason, { names: string[]; count: number }>();

  /** @param detail the cause, if the reason leaves it open */
  add(reason: PassedOverReason, name: string, detail?: string): void {
    const those = this.#byReason.get(reason) ?? { names: [], count: 0 };
    this.#byReason.set(reason, those);
    those.count++;
    if (those.names.length < MOST_NAMED)
      those.names.push(detail === undefined ? shown(name) : `${shown(name)} (${detail})`);
  }

  count(reason: PassedOverReason): number {
    return this.#byReason.get(reason)?.count ?? 0;
  }

  /** @param place the folder or the archive */
  findings(place: string): Failure[] {
    return [...this.#byReason].map(([reason, { names, count }]) => {
      const [what, remedy] = reasons[reason];
      const more = count - names.length;
      const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
      return { what: `${what}: ${list}.`, where: place, remedy };
    });
  }
}
