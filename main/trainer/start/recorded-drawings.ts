import type { RunConfig } from '../../../shared/config.ts';
import type { TrainerCommandOf } from '../../../shared/trainer-commands.ts';
import { namedOrNewestCheckpoint } from '../checkpoint/named-checkpoint.ts';
import { identityDifference } from '../checkpoint/run-identity.ts';
import { configTakenOver } from './take-over.ts';

/**
 * The configuration that is asked for; where it has drawings of one's own but does not say which, and the folder's run goes on, with those
 * that this run began with: the set grows while one draws, and the run stays what it is.
 * @throws FailureError where the folder or a checkpoint that is named cannot be read
 */
export async function withRecordedDrawings({
  config,
  checkpointDir,
  from,
}: Pick<TrainerCommandOf<'start'>, 'config' | 'checkpointDir' | 'from'>): Promise<RunConfig> {
  const { ownDrawings } = config.data;
  if (ownDrawings?.drawings !== null) return config;
  const { checkpoint } = await namedOrNewestCheckpoint(checkpointDir, from);
  const recorded =
    from !== undefined && checkpoint
      ? checkpoint.record.config
      : await configTakenOver(checkpointDir, checkpoint);
  const drawings = recorded?.data.ownDrawings?.drawings ?? null;
  if (recorded === null || drawings === null || !isSameRun(recorded, config)) return config;
  return { ...config, data: { ...config.data, ownDrawings: { ...ownDrawings, drawings } } };
}

/** As far as can be told before the data are read, which a network is fitted to; another run is refused later, for what it is. */
const isSameRun = (recorded: RunConfig, asked: RunConfig): boolean =>
  identityDifference(
    { config: recorded, datasetHash: '' },
    { config: { ...asked, network: recorded.network }, datasetHash: '' },
  ) === null;
