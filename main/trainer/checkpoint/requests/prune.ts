import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import type { Entry } from '../lineage.ts';
import { verifiedCheckpoint } from '../named-checkpoint.ts';
import { expendableCheckpoints } from '../retention.ts';
import { removeChosen, type AskedFolder } from './asked-folder.ts';

/** Prunes each branch by itself, by the settings of its newest checkpoint. */
export function answerPrune(
  asked: AskedFolder,
  { keep }: CheckpointRequestOf<'prune'>,
): Promise<CheckpointAnswer> {
  return removeChosen(asked, async (entries) => {
    const branches = new Set(entries.map((entry) => entry.branch));
    const gone: Entry[] = [];
    for (const branch of branches) {
      const own = entries.filter((entry) => entry.branch === branch);
      const [newest] = own;
      if (!newest) continue;
      const { record } = await verifiedCheckpoint(asked.folder, newest);
      const policy = { ...record.config.checkpoints, keep };
      gone.push(...expendableCheckpoints(own, policy, record.watch.best?.step ?? null));
    }
    return gone;
  });
}
