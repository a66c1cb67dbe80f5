import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configFile, program } from './cli.ts';
import { checkpointSteps, temporaryFolder } from './folders.ts';
import { processesMarked, type Process, type Role } from './processes.ts';
import { convolution, dense, flatten } from './networks.ts';
import { Terminal } from './terminal.ts';
import { smallRun } from './trainer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Training examples of the dataset that a run is started on, those for validation included. */
export const EXAMPLES = 20_050;
/** An epoch of this takes longer than a test, so that nothing is saved before something happens to the run. */
const BATCH = 2;
const layers = [convolution({ filters: 16, activation: 'relu' }), flatten, dense(10)];
/** Steps of a run that ends by itself, seconds after something happened to it. */
export const SOME_STEPS = 5000;
const PATIENCE = 100_000;

/** What a person types to start it. */
export type Program = 'npm' | 'launcher' | 'trainer';
const programs = {
  npm: ['npm', '--prefix', root, 'run', 'train', '--'],
  launcher: ['node', join(root, 'scripts/train.mjs')],
  trainer: ['node', program],
};

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Waits until it holds.
 * @param seen what a failure tells besides
 * @throws Error with what was waited for
 */
export async function until(
  what: string,
  holds: () => boolean,
  seen: () => string = () => '',
): Promise<void> {
  const end = Date.now() + PATIENCE;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It never came to this: ${what}\n${seen()}`);
    await sleep(50);
  }
}

/** A run in processes of its own, found by a mark in their environment. */
export class StartedRun {
  /** Where it is typed. */
  readonly home = temporaryFolder();
  readonly folder = join(this.home, 'checkpoints');
  readonly command: string[];
  #terminal: Terminal | null = null;
  readonly #maxSteps: number | null;
  readonly #mark: string;

  /** @param maxSteps null: it would never end by itself */
  constructor(dataset: string, name: Program, maxSteps: number | null) {
    const run = smallRun(dataset, 'float32');
    const config = configFile({
      ...run,
      network: { name: 'tiny', layers },
      data: { ...run.data, batchSize: BATCH },
    });
    this.#maxSteps = maxSteps;
    this.#mark = `FIRSTLAYER_TEST=${this.folder}`;
    this.command = [
      ...programs[name],
      ...['--config', config, '--checkpoint-dir', this.folder, '--epochs', '100000'],
      // Which prints from the first step on, in a terminal and in a file.
      ...['--max-steps', String(maxSteps ?? 'none'), '--diagnostics'],
    ];
  }

  /** The command as it is typed. */
  get line(): string {
    return this.command.map((word) => (/^[\w./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
  }

  /** A terminal with this command in it, or that of the run. */
  inTerminal(command: readonly string[] = this.command): Terminal {
    this.#terminal = new Terminal(['env', ...this.#environment, ...command], this.home);
    return this.#terminal;
  }

  /** A terminal with a shell in it into which `line` was typed. Its prompt is the last exit code: [130]. */
  inShell(line: string): Terminal {
    const terminal = this.inTerminal(['env', 'PS1=[$?] ', 'bash', '--norc', '--noprofile', '-i']);
    terminal.type(`${line}\n`);
    return terminal;
  }

  /** Without a terminal, its output in a file, the leader of its group: as a service, a batch system or cron starts it. */
  inService(): ChildProcess {
    const output = openSync(join(this.home, 'printed'), 'w');
    const words = [...this.#environment, ...this.command];
    const stdio = ['ignore', output, output] as const;
    const child = spawn('env', words, { stdio: [...stdio], cwd: this.home, detached: true });
    closeSync(output);
    return child;
  }

  /** What it is called by, and nothing of the npm that runs the tests. */
  get #environment(): string[] {
    const others = ['npm_lifecycle_event', 'npm_lifecycle_script', 'INIT_CWD'];
    return [...others.flatMap((name) => ['-u', name]), this.#mark];
  }

  get processes(): Process[] {
    return processesMarked(this.#mark);
  }

  /** @throws Error where there is none */
  process(role: Role): Process {
    const found = this.processes.find((process) => process.role === role);
    if (!found) throw new Error(`There is no ${role}: ${JSON.stringify(this.processes)}`);
    return found;
  }

  signal(role: Role, signal: NodeJS.Signals): void {
    process.kill(this.process(role).pid, signal);
  }

  /** To the process group that npm, the shell and the launcher share. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.process('launcher').group, signal);
  }

  /** What it has printed, in the terminal or to one of these files in its home. */
  get printed(): string {
    const files = ['printed', 'nohup.out'].map((name) => join(this.home, name));
    const texts = files.filter(existsSync).map((file) => readFileSync(file, 'utf8'));
    return [this.#terminal?.printed ?? '', ...texts].join('');
  }

  /**
   * Until it trains.
   * @throws Error where it has saved already, for then the test could not tell
   */
  async training(): Promise<void> {
    await until(
      'it trains',
      // In a terminal a line may begin by wiping the progress line that stands there; on a slow machine each does.
      () => /^Step \d+ +gradient/m.test(this.printed.replaceAll('\x1b[K', '')),
      () => JSON.stringify([this.processes, this.printed.slice(-2000)]),
    );
    if (this.isSaved) throw new Error('It has saved before anything happened to it.');
  }

  /** Until none of its processes is left. */
  async over(): Promise<void> {
    await until('no process left', () => this.processes.length === 0);
  }

  get isSaved(): boolean {
    return this.#steps.length > 0;
  }

  get isTrainedToItsEnd(): boolean {
    return this.#steps.at(-1) === this.#maxSteps;
  }

  get #steps(): number[] {
    return existsSync(this.folder) ? checkpointSteps(this.folder) : [];
  }

  /** Whatever became of a test. */
  kill(): void {
    for (const { pid } of this.processes) process.kill(pid, 'SIGKILL');
  }
}
