import type { RunConfig } from '../../shared/config.ts';
import { differencesBetween } from '../../shared/differences.ts';
import { formatDuration, formatLoss, formatPercent } from '../../shared/format.ts';
import type { Failure } from '../../shared/ipc.ts';
import type { RunSummary } from '../../shared/run-summary.ts';
import { whenWords } from './when-words.ts';

/** What the window says of the runs in the folders that a person has used. */

export interface UsedRun {
  path: string;
  /** Null: not looked at yet. */
  run: RunSummary | null;
  /** Why it cannot be looked at now. */
  failure: Failure | null;
}

export const runOrders = {
  best: 'best accuracy',
  loss: 'lowest loss',
  newest: 'newest',
  name: 'name',
} as const;
export type RunOrder = keyof typeof runOrders;

/** The last part of a folder's path. */
export const folderName = (path: string): string =>
  path.split(/[/\\]/).findLast((part) => part !== '') ?? path;

export const titleOf = ({ path, run }: UsedRun): string =>
  run?.config?.network.name ?? folderName(path);

/** The lowest training loss of the curve once it is smoothed: by the mean of each few points. */
export function bestSmoothedLoss({ curve }: Pick<RunSummary, 'curve'>): number | null {
  const width = Math.max(1, Math.round(curve.length / 12));
  const means = curve
    .slice(0, Math.max(1, curve.length - width + 1))
    .map((_, k) => mean(curve.slice(k, k + width).map(({ loss }) => loss)))
    .filter(Number.isFinite);
  return curve.length === 0 || means.length === 0 ? null : Math.min(...means);
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** What cannot be said of a run puts it at the end. */
export function sortRuns(runs: readonly UsedRun[], order: RunOrder): UsedRun[] {
  const rank = ({ run }: UsedRun): number => {
    if (run === null) return Infinity;
    if (order === 'best') return -(run.bestAccuracy ?? -Infinity);
    if (order === 'loss') return bestSmoothedLoss(run) ?? Infinity;
    return -(run.changedAt ?? -Infinity);
  };
  if (order === 'name') return [...runs].sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  const difference = (a: number, b: number): number => (a === b ? 0 : a - b);
  return [...runs].sort((a, b) => difference(rank(a), rank(b)));
}

/** Of so many settings a row tells. */
const MOST_SETTINGS = 3;

/**
 * For each run the settings in which the listed runs differ, as it has them: Learning rate 0.01 · Batch size 64.
 * @param configs null: it is not known
 */
export function differingSettings(configs: readonly (RunConfig | null)[]): string[] {
  const known = configs.filter((config) => config !== null);
  const [first] = known;
  if (!first) return configs.map(() => '');
  const from = known.map((config) => differencesBetween(first, config));
  // Layer by layer would fill the row; the network's name stands above it.
  const own = new Map(
    from
      .flat()
      .filter(({ path }) => !path.startsWith('network.'))
      .map(({ path, label, was }) => [path, { label, first: was }]),
  );
  return configs.map((config) => {
    const differs = config ? (from[known.indexOf(config)] ?? []) : [];
    const texts = [...own].map(([path, { label, first: was }]) => {
      const value = differs.find((each) => each.path === path)?.is ?? was;
      return `${label} ${value}`;
    });
    return config ? texts.slice(0, MOST_SETTINGS).join(' · ') : '';
  });
}

/** When, and how long: today at 15:02 · 1 min 35 s */
export const timesOf = ({ changedAt, trainingSeconds }: RunSummary, now?: number): string =>
  [
    ...(changedAt === null ? [] : [whenWords(changedAt, now)]),
    ...(trainingSeconds === null ? [] : [formatDuration(trainingSeconds)]),
  ].join(' · ');

/** The one number by which runs are told apart; empty where none was measured. */
export function bestOf(run: RunSummary): string {
  if (run.bestAccuracy !== null) return formatPercent(run.bestAccuracy, 2);
  if (run.bestLoss !== null) return `loss ${formatLoss(run.bestLoss)}`;
  return '';
}

/** All of a row in a sentence's parts, for who does not see it. */
export function runSentence(each: UsedRun, settings: string): string {
  const { path, run, failure } = each;
  if (failure) return `${folderName(path)}: ${failure.what}`;
  if (!run?.config) return `${folderName(path)}: ${run ? 'no run yet' : 'not looked at yet'}`;
  const last = run.lastAccuracy === null ? [] : [`last ${formatPercent(run.lastAccuracy, 2)}`];
  const best = bestOf(run);
  return [
    `${titleOf(each)} on ${folderName(run.config.data.dataset)}`,
    ...(best === '' ? [] : [`best ${best}`]),
    ...last,
    settings,
    timesOf(run),
    `folder ${folderName(path)}`,
  ]
    .filter((text) => text !== '')
    .join(', ');
}
