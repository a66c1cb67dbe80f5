import type {
  CheckpointAnswer,
  CheckpointRequestOf,
} from '../../../../shared/checkpoint-protocol.ts';
import { FailureError } from '../../../../shared/ipc.ts';
import type { Score } from '../../../../shared/score.ts';
import { branchesIn } from '../branches.ts';
import { readHistory } from '../history.ts';
import type { AskedFolder } from './asked-folder.ts';

/** Answers what is asked of a run to lay it over another one. */

export async function answerBranches({ folder }: AskedFolder): Promise<CheckpointAnswer> {
  return { type: 'branches', branches: await branchesIn(folder) };
}

export async function answerCurves(
  { folder }: AskedFolder,
  { branch: number }: CheckpointRequestOf<'curves'>,
): Promise<CheckpointAnswer> {
  const found = (await branchesIn(folder)).find(({ branch }) => branch.number === number);
  if (!found)
    throw new FailureError({
      what: `The run in this folder has no branch ${number} any more.`,
      where: folder,
      remedy: 'Choose another branch, or another folder.',
    });
  const { history, problems } = await readHistory(folder, found.branch, Infinity);
  const { steps, epochs } = history;
  const [problem] = problems;
  if (problem && steps.length === 0) throw new FailureError(problem);
  return {
    type: 'curves',
    branch: found.branch,
    training: {
      steps: Uint32Array.from(steps, ({ step }) => step),
      loss: Float32Array.from(steps, ({ loss }) => loss),
      accuracy: Float32Array.from(steps, ({ accuracy }) => accuracy),
    },
    epochs: epochs.map(({ epoch, step, train, validation }) => ({
      ...{ epoch, step },
      train: scoreOf(train),
      validation: validation && scoreOf(validation),
    })),
  };
}

const scoreOf = ({ loss, accuracy }: Score): Score => ({ loss, accuracy });
