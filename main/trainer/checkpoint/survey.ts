import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { whoseText, type Found, type Unrecorded } from '../../../shared/checkpoint-protocol.ts';
import { readHead } from '../files/durable-files.ts';
import { checkpointsIn } from './folder.ts';
import { FILM, filmFile } from './film/film-lines.ts';
import { isMetricsHead, METRICS } from './history.ts';
import { hasNotes, NOTES } from './notes-file.ts';
import { readRunRecord, type RunRecord } from './run-record.ts';
import { readStateFile, type State } from './state-file.ts';
import { unrecordedIn } from './unrecorded.ts';

/** The runs and checkpoints in a folder, whichever program wrote them. Looking changes nothing. */
export interface Survey {
  /** Whether any checkpoint has a record, even a damaged one. */
  hasRecorded: boolean;
  unrecorded: Unrecorded[];
  runRecord: RunRecord | 'unreadable' | null;
  /** The state file, if the folder holds no recorded checkpoint and none that the file names. */
  danglingState: State | null;
  /** Whether there are curves that this app wrote, or a film of filters. */
  hasCurves: boolean;
  /** Whether there are notes that this app wrote. */
  hasNotes: boolean;
  /** Whether there is a film of filters that this app wrote. */
  hasFilm: boolean;
}

/** @throws FailureError when the folder cannot be read */
export async function surveyFolder(folder: string): Promise<Survey> {
  const unrecorded = await unrecordedIn(folder);
  const hasRecorded = (await checkpointsIn(folder)).length > 0;
  const state = await readStateFile(folder);
  const isHere = (name: string): boolean => unrecorded.some((found) => found.name === name);
  const isDangling = state !== null && state.names.length > 0 && !state.names.some(isHere);
  return {
    hasRecorded,
    unrecorded,
    runRecord: await readRunRecord(folder),
    danglingState: isDangling && !hasRecorded ? state : null,
    hasCurves: await holdsOurs(folder, METRICS, isMetricsHead),
    hasFilm: await holdsOurs(folder, FILM, filmFile.isOurs),
    hasNotes: await hasNotes(folder),
  };
}

async function holdsOurs(
  folder: string,
  name: string,
  isOurs: (head: string) => boolean,
): Promise<boolean> {
  const path = join(folder, name);
  try {
    if (!(await lstat(path)).isFile()) return false;
    const head = await readHead(path);
    return head !== null && head.trim() !== '' && isOurs(head);
  } catch {
    return false;
  }
}

/** What the window is told: what is there besides a run of this app, and whether it may be taken over; null if nothing is. */
export function foundIn(found: Survey): Found | null {
  const { runRecord, unrecorded } = found;
  const described = runRecord === null || runRecord === 'unreadable' ? null : runRecord;
  const text = foundText(found, described?.besides);
  const hasOurs = unrecorded.some(({ whose, damage }) => whose === 'Firstlayer' && damage === null);
  const canTakeOver =
    runRecord !== 'unreadable' &&
    (unrecorded.length === 0 || found.hasRecorded || (described !== null && hasOurs));
  return text === null
    ? null
    : { what: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, canTakeOver };
}

/** Describes what a folder holds that the app's own checkpoints do not account for; null if there is nothing. */
export function foundText(found: Survey, besides: readonly string[] = []): string | null {
  const unrecorded = found.unrecorded.filter(({ name }) => !besides.includes(name));
  const parts = unrecorded.length > 0 ? [unrecordedText(unrecorded)] : [];
  if (!found.hasRecorded) {
    const { runRecord, danglingState } = found;
    if (runRecord === 'unreadable') parts.push('run.json of another version of Firstlayer');
    else if (runRecord) parts.push(`run.json, which describes a run of ${runText(runRecord)}`);
    if (danglingState) parts.push(stateText(danglingState));
    if (unrecorded.length === 0) parts.push(...remainsText(found));
    if (parts.length > 0 && unrecorded.length === 0) parts.push('but no checkpoint');
  }
  return parts.length === 0 ? null : parts.join('; ');
}

function remainsText(found: Survey): string[] {
  return [
    ...(found.hasCurves ? [`${METRICS}, the curves of a run`] : []),
    ...(found.hasFilm ? [`${FILM}, the film of a run’s filters`] : []),
    ...(found.hasNotes ? [`${NOTES}, the notes on a run`] : []),
  ];
}

export const runText = ({ config }: Pick<RunRecord, 'config'>): string =>
  `network “${config.network.name}” with seed ${config.training.seed} on “${config.data.dataset}”`;

const stateText = ({ isOurs, names }: State): string =>
  `${isOurs ? 'the state file “checkpoint”' : 'another program’s state file “checkpoint”'}, which names ${names[0] ?? ''}`;

/** How many checkpoints a description names: enough to recognize the folder. */
const MOST_NAMES = 5;

function unrecordedText(all: readonly Unrecorded[]): string {
  const many = all.length === 1 ? 'a checkpoint' : `${all.length} checkpoints`;
  const texts = all.slice(0, MOST_NAMES).map(oneText);
  const more = all.length - texts.length;
  return `${many} without a record of Firstlayer: ${texts.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function oneText({ name, whose, step, damage }: Unrecorded): string {
  const facts = [step === null ? [] : [`step ${step}`], whoseText[whose], damage ?? []].flat();
  return `${name} (${facts.join(', ')})`;
}
