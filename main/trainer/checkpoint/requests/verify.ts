import { join } from 'node:path';
import type {
  CheckpointAnswer,
  CheckpointRequestOf,
  Verdict,
} from '../../../../shared/checkpoint-protocol.ts';
import { openBundle, verifyBundle } from '../bundle/read.ts';
import type { Entry } from '../lineage.ts';
import { entryNamed } from '../named-checkpoint.ts';
import { nameOf } from '../names.ts';
import { damageOf, listCheckpoints, verifyCheckpoint } from '../reading.ts';
import { unrecordedIn } from '../unrecorded.ts';
import type { AskedFolder } from './asked-folder.ts';

export async function answerVerify(
  { folder }: AskedFolder,
  { name }: CheckpointRequestOf<'verify'>,
): Promise<CheckpointAnswer> {
  return { type: 'verify', verdicts: await verdictsOn(folder, name) };
}

async function verdictsOn(folder: string, name: string | null): Promise<Verdict[]> {
  const { entries, damaged } = await listCheckpoints(folder);
  const unrecorded = (await unrecordedIn(folder)).filter(
    (found) => name === null || found.name === name,
  );
  const named = (): Entry[] =>
    unrecorded.length > 0 ? [] : [entryNamed(folder, entries, name ?? '')];
  const chosen = name === null ? entries : named();
  const verdicts: Verdict[] = [];
  for (const entry of chosen) {
    const damage = await verifyCheckpoint(folder, entry).then(() => null, damageOf);
    verdicts.push({ name: nameOf(entry), damage, recorded: true });
  }
  for (const found of unrecorded)
    verdicts.push({
      name: found.name,
      damage: found.damage ?? (await damageByChecksums(join(folder, found.name))),
      recorded: false,
    });
  const unreadable = name === null ? damaged : [];
  return [
    ...verdicts,
    ...unreadable.map(({ id, failure }) => ({
      name: nameOf(id),
      damage: failure.what,
      recorded: true,
    })),
  ];
}

/** Checks a checkpoint against TensorFlow's own checksums; null if it is undamaged. */
const damageByChecksums = (prefix: string): Promise<string | null> =>
  openBundle(prefix)
    .then(verifyBundle)
    .then(() => null, damageOf);
