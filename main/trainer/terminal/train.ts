import { constants } from 'node:os';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { FailureError, toFailure } from '../../../shared/ipc.ts';
import { nameSettings } from '../../../shared/setting-paths.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import type { TrainerEvent, TrainerEventOf } from '../../../shared/trainer-protocol.ts';
import { newestCheckpoint } from '../checkpoint/reading.ts';
import { checkpointNamed } from '../checkpoint/requests.ts';
import { asksForHelp, parseArguments, type Invocation } from './arguments.ts';
import { followCommands } from './live-commands.ts';
import { failureText, tellUncaught } from './exit.ts';
import { usage } from './options.ts';
import { ArgumentError } from './config-file.ts';
import { forgetLostTerminals, HANG_UP, hasLostTerminal, outlivesTerminal } from './hang-up.mjs';
import { optionOf, withOption } from './option-names.ts';
import { createService } from '../service.ts';
import { configTakenOver } from '../start/take-over.ts';
import { TerminalNotes } from './notes.ts';
import { TerminalPrinter } from './printer.ts';

/** The trainer in a terminal: arguments -> service -> lines, or JSON. */

/** 141 as programs end whose reader went away. */
const EXIT = { done: 0, failure: 1, refused: 2, unread: 141 } as const;
/** docs/signals.md tells what each is for. Afterwards 128 and its number. */
const SAVING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
/** Milliseconds: `timeout` tells its command and then all of its job, which is once more. */
const SAME_KEYPRESS = 300;
/** Milliseconds: until a hang-up has reached all that it is for. */
const HANG_UP_TIME = 1000;

tellUncaught('npm run train');
const argv = process.argv.slice(2);
let code: number = EXIT.done;
let isStopping = false as boolean;
let signalledAt = Infinity;
const outlives = outlivesTerminal();
let isHungUp = false as boolean;
/** Said once. */
let isUnwritable = false;

// What cannot be told is no reason to lose what was learnt: without a reader it saves and ends, and on a full disk it goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') setTimeout(endUnread, outlives ? HANG_UP_TIME : 0).unref();
  else if (!isUnwritable)
    process.stderr.write(`What it prints cannot be written: ${messageOf(error)}. It goes on.\n`);
  isUnwritable = true;
});
process.stderr.on('error', () => undefined);
process.on('exit', forgetLostTerminals);

/** What ran beside it in a terminal that it was to outlive, such as `tee`, went with that terminal. */
function endUnread(): void {
  const isLeftAlone = outlives && (isHungUp || hasLostTerminal());
  if (!isStopping && !isLeftAlone) stop(EXIT.unread);
}

/** As an event too, where a program reads. */
function tell(failed: TrainerEventOf<'failed'>, text: string): void {
  code = failed.refused ? EXIT.refused : EXIT.failure;
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(failed)}\n`);
  process.stderr.write(`${text}\n`);
}

function tellPlainly(failed: TrainerEventOf<'failed'>): void {
  tell(failed, failureText(failed));
}

/** The run's dataset, once it is known. */
let dataset: string | undefined;

function tellFailure(failed: TrainerEventOf<'failed'>): void {
  const places = {
    '--checkpoint-dir': asked.checkpointDir,
    '--weights-from': asked.weightsFrom,
    '--dataset': dataset,
  };
  const named = (text: string): string => nameSettings(text, (path) => optionOf[path]);
  tell(
    failed,
    failureText({
      what: named(failed.what),
      where: withOption(failed.where, places),
      remedy: named(failed.remedy),
    }),
  );
}

function tellError(error: unknown, told = tellPlainly): void {
  if (error instanceof ArgumentError) {
    const remedy = 'Change it; --help lists the options.';
    const failure = { what: error.message, where: 'command line', remedy };
    tell({ type: 'failed', ...failure, refused: true }, error.message);
  } else {
    const isKnown = error instanceof FailureError;
    const failure = toFailure(error, 'command line');
    told({ type: 'failed', ...failure, ...(isKnown && { refused: true }) });
  }
}

function invocation(): Invocation {
  try {
    return parseArguments(argv);
  } catch (error) {
    tellError(error);
    process.exit(code);
  }
}

if (asksForHelp(argv)) {
  process.stdout.write(`${usage}\n`);
  process.exit(EXIT.done);
}
const asked = invocation();
const printer = new TerminalPrinter(process.stdout, asked);
const notes = new TerminalNotes(process.stdout);
const commandsFrom = { isPaused: false, isEnded: false };

function show(event: TrainerEvent): void {
  if (event.type === 'failed') {
    tellFailure({ ...event, where: asked.placeOf(event.where) });
    return;
  }
  if (asked.json) process.stdout.write(`${JSON.stringify(event)}\n`);
  else {
    printer.print(event);
    notes.print(event);
  }
  if (event.type === 'phase') commandsFrom.isPaused = event.phase === 'paused';
  endIfNobodyCommands();
}

/** Nothing could ever have it go on. */
function endIfNobodyCommands(): void {
  if (!commandsFrom.isPaused || !commandsFrom.isEnded || isStopping) return;
  process.stderr.write('The commands ended while it was paused: it saves and ends.\n');
  stop(EXIT.done);
}

const service = createService(show);

function stop(exitCode: number): void {
  code = exitCode;
  isStopping = true;
  service.handle({ type: 'stop' });
}

process.on('message', (message) => {
  if (message === HANG_UP) isHungUp = true;
});
/** A scheduler tells a command and all that it started: the command that started us knows a second Ctrl-C from that. */
const isAlone = process.send === undefined;
for (const signal of SAVING_SIGNALS)
  process.on(signal, () => {
    if (signal === 'SIGHUP') isHungUp = true;
    if (signal === 'SIGHUP' && outlives) return;
    const exitCode = 128 + constants.signals[signal];
    const isSecond = Date.now() - signalledAt > SAME_KEYPRESS;
    if (signal === 'SIGINT' && isSecond && isAlone) process.exit(exitCode);
    if (signalledAt < Infinity) return;
    signalledAt = Date.now();
    stop(exitCode);
  });

/** The configuration that the folder's run goes on with: that of the checkpoint asked for, or of the run that is taken over. */
async function recorded(): Promise<RunConfig | null> {
  const { checkpointDir, from, takeOver } = asked;
  if (from !== undefined && !takeOver)
    return (await checkpointNamed(checkpointDir, from)).record.config;
  const { checkpoint } = await newestCheckpoint(checkpointDir);
  return takeOver
    ? configTakenOver(checkpointDir, checkpoint)
    : (checkpoint?.record.config ?? null);
}

async function run(): Promise<void> {
  const config = await asked.configOn(await recorded(), seedRun());
  const { checkpointDir, from, weightsFrom, takeOver } = asked;
  ({ dataset } = config.data);
  if (isStopping) return;
  const commands = asked.commands
    ? followCommands(
        process.stdin,
        process.stderr,
        (command) => {
          service.handle(command);
        },
        () => {
          commandsFrom.isEnded = true;
          endIfNobodyCommands();
        },
      )
    : null;
  service.handle({
    type: 'start',
    checkpointDir,
    config,
    ...(from !== undefined && { from }),
    ...(weightsFrom !== undefined && { weightsFrom }),
    ...(takeOver && { takeOver }),
  });
  await service.idle;
  commands?.close();
}

async function printConfig(): Promise<void> {
  const config = await asked.configOn(null, seedRun());
  process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
}

try {
  await (asked.printConfig ? printConfig() : run());
} catch (error) {
  tellError(error, tellFailure);
}
process.exitCode = code;
