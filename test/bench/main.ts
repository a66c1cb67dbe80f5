import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensorFlowVersion } from '../../main/trainer/session.ts';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deviceName } from '../../main/trainer/run.ts';
import { contestants, runContestant, type Contestant } from './contestants.ts';
import { resultTable, type Row } from './table.ts';

/**
 * Throughput of the seed network, this engine against the same network op by op in tfjs-node. Each contestant is a process of its
 * own, and they take turns: what the machine does besides falls on all of them alike.
 */

const usage = `Usage: npm run bench -- [--rounds N] [--steps N] [--write FOLDER]

  --rounds N     how often each contestant has its turn (5)
  --steps N      training steps a turn, batches of 128 (40)
  --write FOLDER  also writes results.json and README.md there`;

const contestant = process.env.FIRSTLAYER_CONTESTANT;
if (contestant !== undefined) await runContestant(contestant);
else await main();

async function turn(child: ChildProcess, steps: number): Promise<number> {
  child.send({ steps });
  const [message] = (await once(child, 'message')) as [{ examplesPerSecond: number }];
  return message.examplesPerSecond;
}

function start(name: Contestant): ChildProcess {
  return fork(fileURLToPath(import.meta.url), [], {
    env: { ...process.env, FIRSTLAYER_CONTESTANT: name },
    execArgv: [],
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      steps: { type: 'string', default: '40' },
      write: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const rounds = Number(values.rounds);
  const steps = Number(values.steps);
  if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(steps) || steps < 1) {
    process.stderr.write(`--rounds and --steps must be whole numbers from 1.\n\n${usage}\n`);
    process.exit(2);
  }
  const children = contestants.map((name) => ({
    name,
    child: start(name),
    speeds: [] as number[],
  }));
  try {
    for (const { name, child } of children) {
      process.stderr.write(`Warming up: ${name}\n`);
      await turn(child, 10);
    }
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`Round ${round} of ${rounds}\n`);
      for (const { child, speeds } of children) speeds.push(await turn(child, steps));
    }
  } finally {
    for (const { child } of children) child.kill();
  }
  const rows: Row[] = children.map(({ name, speeds }) => ({ name, speeds }));
  const title = `${deviceName()}, TensorFlow ${tensorFlowVersion()}, batch 128, median of ${rounds} turns of ${steps} steps`;
  const table = resultTable(rows, 'op by op in tfjs-node');
  process.stdout.write(`${title}\n\n${table}`);
  if (values.write === undefined) return;
  const figures = { device: deviceName(), tensorFlow: tensorFlowVersion(), rounds, steps, rows };
  writeFileSync(join(values.write, 'results.json'), `${JSON.stringify(figures, null, 2)}\n`);
  writeFileSync(join(values.write, 'README.md'), report(title, table));
}

function report(title: string, table: string): string {
  return [
    '# Throughput',
    '',
    `Written by \`npm run bench -- --write docs/bench\`. ${title}.`,
    '',
    '```text',
    table.trimEnd(),
    '```',
    '',
    'Each contestant is a process of its own; they take turns, and a ratio is the median of the ratios turn by turn.',
    '',
  ].join('\n');
}
