import { Contestant, REST } from './contestants/contestant.ts';
import type { Progress } from './progress.ts';

/** What a contestant did in its turns. */
export interface Measured {
  name: string;
  library: string;
  settings: string;
  /** Examples a second, one a turn; of several starts those of the first one first. */
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
  /**
   * How often all are started anew: a process may be faster or slower than another of the same program for as long as it lives.
   */
  starts: number;
  /** Turns of each after each start. */
  rounds: number;
  /** Of one turn, about. */
  seconds: number;
}

/** Expected, for the time left: starting and warming up one contestant. */
export const START_SECONDS = 8;
/** Expected: all that an entrant does. */
export const entrantSeconds = (
  { variants, epochSeconds = 0 }: { variants: readonly unknown[]; epochSeconds?: number },
  { starts, rounds, seconds }: Turns,
): number =>
  (variants.length + starts - 1) * START_SECONDS +
  starts * (epochSeconds + rounds * (seconds + REST / 1000));

/** An entrant, in the setting that is its fastest once that is known, and what it has done so far. */
interface Entered {
  entrant: Entrant;
  before: Measured | null;
}

interface Running {
  entrant: Entrant;
  contestant: Contestant;
  measured: Measured;
}

/**
 * Starts all and has them take turns of equal time: what the machine does besides falls on all of them alike. One that cannot
 * start, or ends before its last turn, is left out.
 * @returns what each did, in their order, and why others are left out
 */
export async function takeTurns(
  entrants: readonly Entrant[],
  turns: Turns,
  progress: Progress,
): Promise<{ measured: Measured[]; leftOut: string[] }> {
  const leftOut: string[] = [];
  const leaveOut = (name: string, error: unknown): void => {
    const reason = reasonOf(name, error);
    leftOut.push(reason);
    process.stderr.write(`Left out: ${reason}\n`);
  };
  let entered: Entered[] = entrants.map((entrant) => ({ entrant, before: null }));
  for (let start = 1; start <= turns.starts; start++) {
    const nth = turns.starts > 1 ? ` (start ${start} of ${turns.starts})` : '';
    entered = await startOnce(entered, turns, nth, progress, leaveOut);
  }
  return { measured: entered.flatMap(({ before }) => before ?? []), leftOut };
}

/** @returns those that took all their turns */
async function startOnce(
  entered: readonly Entered[],
  { rounds, seconds }: Turns,
  nth: string,
  progress: Progress,
  leaveOut: (name: string, error: unknown) => void,
): Promise<Entered[]> {
  const running = new Set<Running>();
  try {
    for (const { entrant, before } of entered) {
      progress.begin(`Starting${nth}: ${entrant.name}`);
      try {
        running.add(await started(entrant, before));
      } catch (error) {
        leaveOut(entrant.name, error);
      }
      progress.add(entrant.variants.length * START_SECONDS + (entrant.epochSeconds ?? 0));
    }
    for (let round = 1; round <= rounds; round++)
      for (const one of running) {
        progress.begin(`Round ${round} of ${rounds}${nth}: ${one.entrant.name}`);
        try {
          await takeTurn(one, seconds);
        } catch (error) {
          one.contestant.end();
          running.delete(one);
          leaveOut(one.entrant.name, error);
        }
        progress.add(seconds + REST / 1000);
      }
  } finally {
    for (const { contestant } of running) contestant.end();
  }
  return [...running].map(({ entrant, contestant: { variant }, measured }) => ({
    entrant: { ...entrant, variants: entrant.variants.slice(variant, variant + 1) },
    before: measured,
  }));
}

async function started(entrant: Entrant, before: Measured | null): Promise<Running> {
  const contestant = await Contestant.fastest(entrant.variants);
  try {
    if (entrant.epochSeconds !== undefined) await contestant.epoch();
  } catch (error) {
    contestant.end();
    throw error;
  }
  const { library, settings, dataBytes } = contestant;
  const told = { name: entrant.name, library, settings, dataBytes };
  return { entrant, contestant, measured: { speeds: [], peakMemory: 0, ...before, ...told } };
}

async function takeTurn({ contestant, measured }: Running, seconds: number): Promise<void> {
  const { examplesPerSecond, peakMemory } = await contestant.turn(seconds);
  measured.speeds.push(examplesPerSecond);
  measured.peakMemory = Math.max(measured.peakMemory, peakMemory);
}

/** In words, and who it was. */
export function reasonOf(name: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith(name) ? message : `${name}: ${message}`;
}
