import type { BranchSummary, ComparedEpoch } from '../../shared/compared-runs.ts';
import { formatCount, formatLoss, formatPercent, formatSigned } from '../../shared/format.ts';

/** The last part of a path, which is what a person calls a folder. */
export const folderName = (path: string): string =>
  path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

/** What is known of a branch, in few words. */
export function branchFacts({ step, validation }: BranchSummary): string {
  const at = `step ${formatCount(step)}`;
  return validation ? `${at}, validation ${formatPercent(validation.accuracy, 2)}` : at;
}

/**
 * How a run stands against another after the last epoch that both have done; empty where there is none.
 * @param name of the other
 */
export function differenceWords(
  own: readonly ComparedEpoch[],
  other: readonly ComparedEpoch[],
  name: string,
): string {
  const both = own.findLast(({ epoch }) => other.some((each) => each.epoch === epoch));
  const there = other.find(({ epoch }) => epoch === both?.epoch);
  if (!both || !there) return `No epoch is done yet that ${name} has done too.`;
  const isValidated = both.validation !== null && there.validation !== null;
  const [a, b] = [
    (isValidated ? both.validation : null) ?? both.train,
    (isValidated ? there.validation : null) ?? there.train,
  ];
  const loss = `${formatLoss(a.loss)} (${formatSigned(a.loss - b.loss)})`;
  const points = (a.accuracy - b.accuracy) * 100;
  return `After epoch ${formatCount(both.epoch)}, against ${name}: ${isValidated ? `validation loss ${loss}` : `training loss ${loss}`}, accuracy ${formatPercent(a.accuracy, 2)} (${formatSigned(points, 2)} points).`;
}
