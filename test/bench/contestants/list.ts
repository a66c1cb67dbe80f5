import type { Precision } from '../../../shared/config.ts';
import { ownProgram } from '../program.ts';
import { temporaryFolder } from '../temporary.ts';
import { Contestant } from './contestant.ts';
import type { OwnOptions } from './own.ts';
import type { Task } from './task.ts';

/** What there is to measure of our own, and how each is started. */

export type Engine = 'firstlayer' | 'app' | 'tfjs' | 'tensorflow' | 'keras' | 'pytorch';

export interface Entry {
  name: string;
  engine: Engine;
  precision: Precision;
  start: (seed: number) => Promise<Contestant>;
  /** Each with settings that may make it faster. */
  variants: (() => Promise<Contestant>)[];
}

/** A contestant of our own. */
export const startOwn = (name: string, options: OwnOptions): Promise<Contestant> =>
  Contestant.of(ownProgram(name, 'own-main.js', options));

export const opByOp = 'op by op in tfjs-node';

const engines = { engine: 'firstlayer', app: 'app', eager: 'tfjs' } as const;

const ours = (
  name: string,
  by: OwnOptions['by'],
  precision: Precision,
  { network, data }: Task,
): Entry => {
  const start = (seed: number): Promise<Contestant> =>
    startOwn(name, {
      by,
      network,
      precision,
      seed,
      ...(network !== 'seed' && { dataset: data }),
      ...(by === 'app' && { folder: temporaryFolder() }),
    });
  return { name, engine: engines[by], precision, start, variants: [() => start(1)] };
};

/** Op by op there is the seed network only. */
export const own = (task: Task): readonly Entry[] => [
  ours('this engine, bfloat16', 'engine', 'bfloat16', task),
  ours('this engine, float32', 'engine', 'float32', task),
  ours('this engine, bfloat16, in the app', 'app', 'bfloat16', task),
  ...(task.network === 'seed' ? [ours(opByOp, 'eager', 'float32', task)] : []),
];
