import { seedRun } from '../../shared/presets.ts';
import { FailureError, toFailure } from '../../shared/ipc.ts';
import { nameSettings } from '../../shared/setting-paths.ts';
import { messageOf } from '../../shared/system-errors.ts';
import type { TrainerEvent, TrainerEventOf } from '../../shared/trainer-protocol.ts';
import { newestCheckpoint } from './checkpoint/reading.ts';
import type { CheckpointRecord } from './checkpoint/record.ts';
import { checkpointNamed } from './checkpoint/requests.ts';
import { asksForHelp, parseArguments, type Invocation } from './cli-arguments.ts';
import { followCommands } from './cli-commands.ts';
import { failureText, tellUncaught } from './cli-end.ts';
import { usage } from './cli-options.ts';
import { ArgumentError } from './config-file.ts';
import { optionOf, withOption } from './option-names.ts';
import { createService } from './service.ts';
import { TerminalNotes } from './terminal-notes.ts';
import { TerminalPrinter } from './terminal-printer.ts';

/** The trainer in a terminal: arguments -> service -> lines, or JSON. */

/** After a signal, 128 and its number; 141 as programs end whose reader went away. */
const EXIT = {
  done: 0,
  failure: 1,
  refused: 2,
  hungUp: 129,
  interrupted: 130,
  unread: 141,
  terminated: 143,
} as const;

tellUncaught('npm run train');
const argv = process.argv.slice(2);
let code: number = EXIT.done;
let isStopping = false as boolean;
/** Said once. */
let isUnwritable = false;

// What cannot be told is no reason to lose what was learnt: without a reader it saves and ends, and on a full disk it goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' && !isStopping) stop(EXIT.unread);
  else if (error.code !== 'EPIPE' && !isUnwritable)
    process.stderr.write(`What it prints cannot be written: ${messageOf(error)}. It goes on.\n`);
  isUnwritable = true;
});
process.stderr.on('error', () => undefined);

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

for (const [signal, exitCode] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
  ['SIGHUP', EXIT.hungUp],
] as const)
  process.on(signal, () => {
    if (code === exitCode) process.exit(exitCode); // The second time: at once.
    stop(exitCode);
  });

/** The configuration that the folder's run goes on with: that of the checkpoint asked for. */
async function recorded(): Promise<CheckpointRecord | null> {
  const { checkpointDir, from } = asked;
  if (from !== undefined) return (await checkpointNamed(checkpointDir, from)).record;
  return (await newestCheckpoint(checkpointDir)).checkpoint?.record ?? null;
}

async function run(): Promise<void> {
  const config = await asked.configOn((await recorded())?.config ?? null, seedRun());
  const { checkpointDir, from, weightsFrom } = asked;
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
