import { join } from 'node:path';
import type { Unrecorded } from '../../../shared/checkpoint-protocol.ts';
import type { RunConfig } from '../../../shared/config.ts';
import { FailureError } from '../../../shared/ipc.ts';
import { printable } from '../../../shared/shown.ts';
import { nameOf } from '../checkpoint/names.ts';
import type { Checkpoint } from '../checkpoint/reading.ts';
import { identityDifference, type IdentityDifference } from '../checkpoint/run-identity.ts';
import { foundText, surveyFolder, type Survey } from '../checkpoint/survey.ts';
import type { ImageShape } from '../../../shared/network-shape.ts';
import { checkpointDisagreement } from './take-over.ts';

/**
 * Decides whether a run may begin, or go on, in a folder. If the folder holds anything that is not the run's own, a person is told what it
 * is and chooses, before anything begins or is written.
 */

/** A person's choice for a folder that holds more than the run's own files. */
export interface Choice {
  /** Whether another run's description may be replaced. */
  mayReplace: boolean;
  /** Names of the checkpoints that stay there beside the run's. */
  besides: string[];
}

export interface Asked {
  config: RunConfig;
  datasetHash: string;
  /** Size and channels of the images, and the number of classes. */
  image: ImageShape;
  /** The checkpoint that the run goes on from; null if it begins afresh. */
  checkpoint: Checkpoint | null;
  /** Whether a person named a checkpoint with a record to go on from. */
  isNamed: boolean;
  /** Whether the folder was taken over. */
  takesOver: boolean;
}

/**
 * @returns what a person has chosen
 * @throws FailureError that names what lies there, and the ways out
 */
export async function claimFolder(folder: string, asked: Asked): Promise<Choice> {
  const found = await surveyFolder(folder);
  const { runRecord, unrecorded } = found;
  const chosenBefore = runRecord && runRecord !== 'unreadable' ? runRecord.besides : [];
  const isNew = unrecorded.some(({ name }) => !chosenBefore.includes(name));
  if (isNew && !asked.isNamed && !asked.takesOver)
    throw await unrecordedFailure(folder, found, chosenBefore, asked);
  if (runRecord === 'unreadable') throw otherVersion(folder);
  if (!asked.takesOver) checkDescription(folder, found, asked);
  return { mayReplace: asked.takesOver, besides: unrecorded.map(({ name }) => name) };
}

/** @throws FailureError if the folder's description is another run's, or there are remains of a run without a description */
function checkDescription(folder: string, found: Survey, { checkpoint, ...asked }: Asked): void {
  const { runRecord, hasRecorded, danglingState, hasCurves } = found;
  if (runRecord && runRecord !== 'unreadable') {
    const difference = identityDifference(runRecord, checkpoint?.record ?? asked);
    if (difference) throw anotherRun(folder, difference, checkpoint);
    return;
  }
  if (hasRecorded) return;
  if (danglingState || hasCurves)
    throw new FailureError({
      what: `This folder holds remains of another run: ${foundText(found) ?? ''}. Nothing has been begun or changed.`,
      where: folder,
      remedy:
        'Choose another folder (--checkpoint-dir), or put the missing checkpoint back. Or begin in this one all the same (--take-over, or “Take it over” in the window).',
    });
}

function anotherRun(
  folder: string,
  { path, name, was, asked }: IdentityDifference,
  checkpoint: Checkpoint | null,
): FailureError {
  const others =
    'choose another folder (--checkpoint-dir). Or: Have this run take the folder over (--take-over, or “Take it over” in the window), which replaces run.json.';
  return new FailureError(
    checkpoint
      ? {
          what: `run.json in this folder describes another run than its checkpoints: it has ${name} ${was}, ${nameOf(checkpoint.id)} has ${asked}. Nothing has been begun or changed.`,
          where: folder,
          remedy: `Put the run.json of this run back, or ${others}`,
        }
      : {
          what: `This folder holds run.json, the description of another run: its ${name} is ${was}, but ${asked} is asked for. Nothing has been begun or changed.`,
          where: folder,
          remedy: `Ask for ${path} ${was} to begin that run anew, or ${others}`,
        },
  );
}

const otherVersion = (folder: string): FailureError =>
  new FailureError({
    what: 'run.json in this folder was written by another version of Firstlayer. Nothing has been begun or changed.',
    where: folder,
    remedy: 'Go on with that version, or choose another folder (--checkpoint-dir).',
  });

/** Most reasons in a message: enough to see what kind of thing is wrong. */
const MOST_REASONS = 3;

/** Why `--take-over` would find nothing to go on from; null if it would. */
async function refusalToTakeOver(
  folder: string,
  { runRecord }: Survey,
  fresh: readonly Unrecorded[],
  image: ImageShape,
): Promise<string | null> {
  if (runRecord === null || runRecord === 'unreadable')
    return 'there is no run.json of Firstlayer that would say how to go on';
  const reasons: string[] = [];
  for (const each of fresh) {
    const reason = await checkpointDisagreement(folder, each, runRecord, image);
    if (reason === null) return null;
    reasons.push(`${each.name}: ${reason}`);
  }
  return reasons.slice(0, MOST_REASONS).join('; ');
}

async function unrecordedFailure(
  folder: string,
  found: Survey,
  besides: readonly string[],
  { checkpoint, image }: Asked,
): Promise<FailureError> {
  const fresh = found.unrecorded.filter(({ name }) => !besides.includes(name));
  const cannot = await refusalToTakeOver(folder, found, fresh, image);
  const usable = fresh.find(({ damage }) => damage === null);
  const remedies = [
    ...(cannot === null
      ? [
          'take the folder over (--take-over, or “Take it over” in the window): the record is rebuilt, and training goes on from it',
        ]
      : []),
    ...(checkpoint
      ? [`go on from ${nameOf(checkpoint.id)} (--from) and leave the others as they are`]
      : []),
    ...(usable
      ? [
          `take weights into a new folder (--weights-from ${printable(JSON.stringify(join(folder, usable.name)))})`,
        ]
      : []),
    'choose another folder (--checkpoint-dir)',
  ];
  const why = cannot === null || checkpoint ? '' : ` It cannot be taken over: ${cannot}.`;
  return new FailureError({
    what: `This folder holds ${foundText(found, besides) ?? ''}.${why} Nothing has been begun or changed.`,
    where: folder,
    remedy: remedies
      .map((remedy) => `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`)
      .join(' Or: '),
  });
}
