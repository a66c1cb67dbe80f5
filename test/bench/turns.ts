import { Contestant } from './contestants/contestant.ts';
import type { Progress } from './progress.ts';

/** What a contestant did in its turns. */
export interface Measured {
  name: string;
  version: string;
  /** Examples a second, one a turn. */
  speeds: number[];
  /** Bytes. */
  peakMemory: number;
}

export interface Entrant {
  name: string;
  /** The fastest of these is taken. */
  variants: readonly (() => Promise<Contestant>)[];
  /** Steps of a turn. */
  steps: number;
}

/** Expected, for the time left: starting and warming up one contestant, and a turn. */
export const START_SECONDS = 8;
export const TURN_SECONDS = 2;

/**
 * Starts all and has them take turns: what the machine does besides falls on all of them alike. One that cannot
 * start or ends is left out.
 * @returns what each did, in their order, and why others are left out
 */
export async function takeTurns(
  entrants: readonly Entrant[],
  rounds: number,
  progress: Progress,
): Promise<{ measured: Measured[]; leftOut: string[] }> {
  const leftOut: string[] = [];
  const contestants: (Measured & { contestant: Contestant; steps: number })[] = [];
  try {
    for (const { name, variants, steps } of entrants) {
      progress.begin(`Starting: ${name}`);
      try {
        const contestant = await Contestant.fastest(variants);
        const { version } = contestant;
        contestants.push({ name, version, steps, speeds: [], peakMemory: 0, contestant });
      } catch (error) {
        leftOut.push(error instanceof Error ? error.message : String(error));
        process.stderr.write(`Left out: ${leftOut.at(-1) ?? name}\n`);
      }
      progress.add(variants.length * START_SECONDS);
    }
    for (let round = 1; round <= rounds; round++) {
      for (const one of contestants) {
        progress.begin(`Round ${round} of ${rounds}: ${one.name}`);
        const { examplesPerSecond, peakMemory } = await one.contestant.turn(one.steps);
        one.speeds.push(examplesPerSecond);
        one.peakMemory = peakMemory;
        progress.add(TURN_SECONDS);
      }
    }
  } finally {
    for (const { contestant } of contestants) contestant.end();
  }
  const measured = contestants.map(({ name, version, speeds, peakMemory }) => ({
    name,
    version,
    speeds,
    peakMemory,
  }));
  return { measured, leftOut };
}
