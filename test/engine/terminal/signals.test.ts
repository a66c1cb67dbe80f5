import { once } from 'node:events';
import { constants } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeTemporaryFolders, smallDataset } from '../../support/folders.ts';
import type { Role } from '../../support/processes.ts';
import {
  EXAMPLES,
  SOME_STEPS,
  StartedRun,
  until,
  type Program,
} from '../../support/started-run.ts';
import type { Terminal } from '../../support/terminal.ts';

/** The rows of docs/signals.md, in real processes at real terminals. /proc tells whether a process is left. */

let dataset = '';
const started: StartedRun[] = [];
beforeAll(async () => {
  dataset = await smallDataset(EXAMPLES, 20);
});
afterAll(() => {
  for (const run of started) run.kill();
  removeTemporaryFolders();
});

function runOf(program: Program, maxSteps: number | null = null): StartedRun {
  const run = new StartedRun(dataset, program, maxSteps);
  started.push(run);
  return run;
}

const numbered = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
const onLinux = describe.runIf(process.platform === 'linux');

async function expectSaved(run: StartedRun): Promise<void> {
  await run.over();
  expect(run.isSaved).toBe(true);
}

async function expectTrainedToItsEnd(run: StartedRun): Promise<void> {
  expect(run.isTrainedToItsEnd, 'too early to tell').toBe(false);
  await run.over();
  expect(run.isTrainedToItsEnd).toBe(true);
}

onLinux.concurrent('in a terminal, in front', () => {
  it.each<[Program, string, string, number]>([
    ['npm', 'Ctrl-C', '\x03', 130],
    ['launcher', 'Ctrl-C', '\x03', 130],
    ['trainer', 'Ctrl-C', '\x03', 130],
    ['npm', 'Ctrl-\\', '\x1c', 131],
    ['launcher', 'Ctrl-\\', '\x1c', 131],
    ['trainer', 'Ctrl-\\', '\x1c', 131],
  ])('%s: %s saves and ends', async (program, _, key, code) => {
    const run = runOf(program);
    const terminal = run.inTerminal();
    await run.training();
    terminal.type(key);
    expect(await terminal.ended).toBe(code);
    await expectSaved(run);
  });

  it.each<Program>(['npm', 'launcher', 'trainer'])(
    '%s: it saves and ends when the terminal goes away',
    async (program) => {
      const run = runOf(program);
      const terminal = run.inTerminal();
      await run.training();
      terminal.close();
      expect(await terminal.ended).toBe(129);
      await expectSaved(run);
    },
  );

  it('its input closed, it saves and ends at Ctrl-C', async () => {
    const run = runOf('npm');
    const terminal = run.inTerminal(['sh', '-c', `exec ${run.line} <&-`]);
    await run.training();
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
    await expectSaved(run);
  });

  it('its output going to tee, it saves and ends when the terminal goes away', async () => {
    const run = runOf('npm');
    const terminal = run.inShell(`${run.line} | tee printed`);
    await run.training();
    terminal.close();
    await expectSaved(run);
  });

  it('within script, it saves and ends when script is killed', async () => {
    const run = runOf('npm');
    run.inTerminal(['script', '--quiet', '--command', run.line, '/dev/null']);
    await run.training();
    const script = run.processes.find(({ words }) => words[0] === 'script');
    process.kill(script!.pid, 'SIGKILL');
    await expectSaved(run);
  });
});

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

onLinux.concurrent('in a terminal, a signal', () => {
  it.each(
    signals.flatMap((signal) =>
      (['launcher', 'trainer'] as const).map((role) => [signal, role] as const),
    ),
  )('%s to the %s alone: it saves and ends', async (signal, role) => {
    const run = runOf('npm');
    const terminal = run.inTerminal();
    await run.training();
    run.signal(role, signal);
    expect(await terminal.ended).toBe(numbered(signal));
    await expectSaved(run);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'] as const)(
    '%s to npm alone: it saves and ends',
    async (signal) => {
      const run = runOf('npm');
      // Not as the leader of its session, whose end would close the terminal.
      const terminal = run.inShell(run.line);
      await run.training();
      run.signal('npm', signal);
      await until('its end', () => terminal.printed.includes(`[${numbered(signal)}]`));
      terminal.type('exit\n');
      await expectSaved(run);
    },
  );

  it('SIGINT to npm alone: a shell that waits keeps it, and it goes on; otherwise it saves and ends', async () => {
    const run = runOf('npm', SOME_STEPS);
    const terminal = run.inShell(run.line);
    await run.training();
    const isKept = run.processes.some(({ role }) => role === 'shell');
    run.signal('npm', 'SIGINT');
    await until('its end', () => terminal.printed.includes('[130]'));
    terminal.type('exit\n');
    await expectSaved(run);
    expect(run.isTrainedToItsEnd).toBe(isKept);
  });

  it.each(signals)('%s to the whole job: it saves and ends', async (signal) => {
    const run = runOf('npm');
    const terminal = run.inTerminal();
    await run.training();
    run.signalGroup(signal);
    expect(await terminal.ended).toBe(numbered(signal));
    await expectSaved(run);
  });

  it.each<Role>(['shell', 'launcher'])('SIGKILL to the %s: it saves and ends', async (role) => {
    const run = runOf('npm');
    run.inTerminal();
    await run.training();
    run.signal(role, 'SIGKILL');
    await expectSaved(run);
  });
});

onLinux.concurrent('a job that stands still', () => {
  async function stopped(run: StartedRun): Promise<Terminal> {
    const terminal = run.inShell(run.line);
    await run.training();
    terminal.type('\x1a');
    await until('all stopped', () =>
      (['npm', 'launcher', 'trainer'] as const).every((role) => run.process(role).state === 'T'),
    );
    return terminal;
  }

  it('goes on with the job, and is then told of Ctrl-C', async () => {
    const run = runOf('npm');
    const terminal = await stopped(run);
    terminal.type('fg\n');
    await until('it goes on', () => run.process('trainer').state !== 'T');
    terminal.type('\x03');
    await until('its end', () => terminal.printed.includes('[130]'));
    terminal.type('exit\n');
    await expectSaved(run);
  });

  it('started by hand, goes on when told so', async () => {
    const run = runOf('launcher');
    const terminal = run.inTerminal();
    await run.training();
    const states = (): string[] => run.processes.map(({ state }) => state);
    run.signal('launcher', 'SIGTSTP');
    await until('both stopped', () => states().filter((state) => state === 'T').length === 2);
    run.signal('launcher', 'SIGCONT');
    await until('both go on', () => !states().includes('T'));
    terminal.type('\x03');
    expect(await terminal.ended).toBe(130);
    await expectSaved(run);
  });

  it('saves and ends when the terminal goes away', async () => {
    const run = runOf('npm');
    const terminal = await stopped(run);
    terminal.close();
    await expectSaved(run);
  });

  it('saves and ends when it is killed', async () => {
    const run = runOf('npm');
    const terminal = await stopped(run);
    run.signalGroup('SIGKILL');
    await until('only the shell is left', () => run.processes.length === 1);
    terminal.type('exit\n');
    await expectSaved(run);
  });
});

onLinux.concurrent('in the background, when the terminal goes away', () => {
  it('an ordinary job saves and ends', async () => {
    const run = runOf('npm');
    const terminal = run.inShell(`${run.line} &`);
    await run.training();
    terminal.close();
    await expectSaved(run);
  });

  it.each<[string, (command: string) => string]>([
    ['nohup', (command) => `nohup ${command} &`],
    ['nohup, its output elsewhere', (command) => `nohup ${command} > printed 2>&1 &`],
    ['nohup in front', (command) => `nohup ${command}`],
    ['nohup, its output going to tee', (command) => `nohup ${command} | tee printed &`],
    ['setsid', (command) => `setsid ${command}`],
    ['setsid, its output going to tee', (command) => `setsid ${command} | tee printed`],
    ['disown', (command) => `${command} & disown`],
    ["trap '' HUP", (command) => `(trap '' HUP; ${command}; true) &`],
  ])('%s: it goes on to its end', async (_, typed) => {
    const run = runOf('npm', SOME_STEPS);
    const terminal = run.inShell(typed(run.line));
    await run.training();
    terminal.close();
    await expectTrainedToItsEnd(run);
  });
});

onLinux.concurrent('started to outlive its terminal', () => {
  async function started(): Promise<StartedRun> {
    const run = runOf('npm');
    run.inShell(`nohup ${run.line} & exit`);
    await run.training();
    return run;
  }

  it('a hang-up of all its processes leaves it training', async () => {
    const run = runOf('npm', SOME_STEPS);
    run.inShell(`nohup ${run.line} & exit`);
    await run.training();
    run.signal('trainer', 'SIGHUP');
    run.signalGroup('SIGHUP');
    await expectTrainedToItsEnd(run);
  });

  it('SIGTERM to its launcher after a hang-up: it saves and ends', async () => {
    const run = await started();
    run.signalGroup('SIGHUP');
    await until('npm is gone', () => run.processes.every(({ role }) => role !== 'npm'));
    run.signal('launcher', 'SIGTERM');
    await expectSaved(run);
  });

  it.each<Role>(['npm', 'shell', 'launcher'])(
    'SIGKILL to its %s: it saves and ends',
    async (role) => {
      const run = await started();
      run.signal(role, 'SIGKILL');
      await expectSaved(run);
    },
  );

  it('what reads its output ends, and no terminal went away: it saves and ends', async () => {
    const run = runOf('npm');
    run.inShell(`nohup ${run.line} | head -n 40; exit`);
    await run.training();
    await expectSaved(run);
  });

  it('SIGTERM to npm: it saves and ends', async () => {
    const run = await started();
    run.signal('npm', 'SIGTERM');
    await expectSaved(run);
  });
});

onLinux.concurrent('without a terminal', () => {
  it.each<[Program, NodeJS.Signals]>([
    ['npm', 'SIGTERM'],
    ['launcher', 'SIGTERM'],
    ['launcher', 'SIGINT'],
    ['trainer', 'SIGTERM'],
  ])('%s: %s to all of it at once, as of systemd: it saves and ends', async (program, signal) => {
    const run = runOf(program);
    const ended = once(run.inService(), 'exit');
    await run.training();
    // Trainer first, as it comes; the command's own word to it is then the second.
    const pids = run.processes.map(({ pid }) => pid).reverse();
    for (const pid of pids) process.kill(pid, signal);
    await expectSaved(run);
    // Where npm or its shell was there, what told them ended them.
    expect([numbered(signal), null, signal]).toEqual(expect.arrayContaining(await ended));
  });

  it.each<Program>(['launcher', 'trainer'])('%s: SIGHUP leaves it training', async (program) => {
    const run = runOf(program, SOME_STEPS);
    const child = run.inService();
    const ended = once(child, 'exit');
    await run.training();
    child.kill('SIGHUP');
    await expectTrainedToItsEnd(run);
    expect(await ended).toEqual([0, null]);
  });
});
