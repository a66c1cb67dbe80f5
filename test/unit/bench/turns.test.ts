import { test } from 'vitest';
import { Contestant } from '../../bench/contestants/contestant.ts';
import { Program } from '../../bench/program.ts';
import { Progress } from '../../bench/progress.ts';
import { takeTurns, type Entrant } from '../../bench/turns.ts';

/** A process that trains so many examples a second, and ends when asked for one turn more than it has. */
const program = (name: string, examplesPerSecond: number, turns: number): Program =>
  new Program(name, process.execPath, [
    '-e',
    `
    let left = ${turns};
    const say = (answer) => console.log(JSON.stringify(answer));
    say({ library: 'Library 1', settings: '2 threads' });
    process.stdin.on('data', (line) => {
      if (left-- === 0) { console.error('out of breath'); process.exit(1); }
      const { steps } = JSON.parse(line);
      const examples = steps * 128;
      say({ examples, seconds: examples / ${examplesPerSecond}, peakMemory: steps });
    });
    `,
  ]);

const entrant = (name: string, ...variants: { speed: number; turns: number }[]): Entrant => ({
  name,
  variants: variants.map(
    ({ speed, turns }) =>
      () =>
        Contestant.of(program(name, speed, turns), [`speed ${speed}`]),
  ),
});

const take = (entrants: Entrant[], rounds: number, starts = 1) =>
  takeTurns(entrants, { starts, rounds, seconds: 2 }, new Progress(1));

/** One to begin with, and three trials. */
const START = 4;

test.concurrent(
  'one that ends in its turn is left out, with what it said last; the others go on',
  async ({ expect }) => {
    const { measured, leftOut } = await take(
      [
        entrant('ends', { speed: 1280, turns: START + 1 }),
        entrant('goes on', { speed: 2560, turns: START + 3 }),
        entrant('does not start', { speed: 2560, turns: 0 }),
      ],
      3,
    );
    expect(measured).toMatchObject([
      { name: 'goes on', library: 'Library 1', settings: '2 threads, speed 2560' },
    ]);
    expect(measured[0]!.speeds).toEqual([2560, 2560, 2560]);
    expect(leftOut).toEqual([
      'does not start has ended: out of breath',
      'ends has ended: out of breath',
    ]);
  },
);

test.concurrent('the fastest of the variants that start is taken', async ({ expect }) => {
  const { measured } = await take(
    [
      entrant(
        'has variants',
        { speed: 1280, turns: START + 1 },
        { speed: 9999, turns: 0 },
        { speed: 8888, turns: START - 1 },
        { speed: 2560, turns: START + 1 },
      ),
    ],
    1,
  );
  expect(measured).toMatchObject([{ settings: '2 threads, speed 2560' }]);
});

test.concurrent('turns are of equal time: steps by the speed, in tens', async ({ expect }) => {
  const { measured } = await take(
    [
      entrant('fast', { speed: 12_800, turns: START + 1 }),
      entrant('slow', { speed: 1_280, turns: START + 1 }),
    ],
    1,
  );
  // The memory that these tell is their number of steps.
  expect(measured.map(({ peakMemory }) => peakMemory)).toEqual([200, 20]);
});

test.concurrent(
  'each is started anew, in the setting that was the fastest, and keeps what it did before',
  async ({ expect }) => {
    let started = 0;
    const entrants: Entrant[] = [
      entrant(
        'has variants',
        { speed: 1280, turns: START },
        // Not so many turns that one process could take all of them.
        { speed: 2560, turns: START + 2 },
      ),
      {
        name: 'starts once',
        variants: [
          () =>
            Contestant.of(program('starts once', 1280, started++ === 0 ? START + 2 : 0), ['once']),
        ],
      },
    ];
    const { measured, leftOut } = await take(entrants, 2, 2);
    expect(measured).toMatchObject([{ settings: '2 threads, speed 2560' }]);
    expect(measured[0]!.speeds).toEqual([2560, 2560, 2560, 2560]);
    expect(leftOut).toEqual(['starts once has ended: out of breath']);
  },
  20_000,
);
