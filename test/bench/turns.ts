import { Contestant } from './contestants/contestant.ts';
import type { Progress } from './progress.ts';

/** What a contestant did in its turns. */
export interface Measured {
  name: string;
  library: string;
  settings: string;
  /** Examples a second, one a turn. */
  speeds: number[];
  /** Bytes. */
  peakMemory: number;
  /** Bytes of images and labels, where it tells. */
  dataBytes: number;
}

export interface Entrant {
  name: string;
  /** The fastest of these is taken. */
  variants: readonly (() => Promise<Contestant>)[];
  /** Expected seconds of an epoch that it is to train before its turns, so that it has seen all its data. */
  epochSeconds?: number;
}

export interface Turns {
  rounds: number;
  /** Of one turn, about. */
  seconds: number;
}

/** Expected, for the time left: starting and warming up one contestant. */
export const START_SECONDS = 8;
/** Expected: all that an entrant does. */
export const entrantSeconds = (
  { variants, epochSeconds = 0 }: { variants: readonly unknown[]; epochSeconds?: number },
  { rounds, seconds }: Turns,
): number => variants.length * START_SECONDS + epochSeconds + rounds * seconds;

/**
 * Starts all and has them take turns of equal time: what the machine does besides falls on all of them alike. One that cannot
 * start, or ends before its last turn, is left out.
 * @returns what each did, in their order, and why others are left out
 */
export async function takeTurns(
  entrants: readonly Entrant[],
  { rounds, seconds }: Turns,
  progress: Progress,
): Promise<{ measured: Measured[]; leftOut: string[] }> {
  const leftOut: string[] = [];
  const running = new Set<{ contestant: Contestant; measured: Measured }>();
  const leaveOut = (name: string, error: unknown): void => {
    const reason = reasonOf(name, error);
    leftOut.push(reason);
    process.stderr.write(`Left out: ${reason}\n`);
  };
  try {
    for (const { name, variants, epochSeconds } of entrants) {
      progress.begin(`Starting: ${name}`);
      let contestant: Contestant | null = null;
      try {
        contestant = await Contestant.fastest(variants);
        if (epochSeconds !== undefined) await contestant.epoch();
        const { library, settings, dataBytes } = contestant;
        running.add({
          contestant,
          measured: { name, library, settings, speeds: [], peakMemory: 0, dataBytes },
        });
      } catch (error) {
        contestant?.end();
        leaveOut(name, error);
      }
      progress.add(variants.length * START_SECONDS + (epochSeconds ?? 0));
    }
    for (let round = 1; round <= rounds; round++) {
      for (const one of running) {
        progress.begin(`Round ${round} of ${rounds}: ${one.measured.name}`);
        try {
          const { examplesPerSecond, peakMemory } = await one.contestant.turn(seconds);
          one.measured.speeds.push(examplesPerSecond);
          one.measured.peakMemory = peakMemory;
        } catch (error) {
          one.contestant.end();
          running.delete(one);
          leaveOut(one.measured.name, error);
        }
        progress.add(seconds);
      }
    }
  } finally {
    for (const { contestant } of running) contestant.end();
  }
  return { measured: [...running].map(({ measured }) => measured), leftOut };
}

/** In words, and who it was. */
export function reasonOf(name: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith(name) ? message : `${name}: ${message}`;
}
