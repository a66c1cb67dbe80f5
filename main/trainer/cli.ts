import { seedRun } from '../../shared/presets.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { newestCheckpoint } from './checkpoint/reading.ts';
import type { CheckpointRecord } from './checkpoint/record.ts';
import { checkpointNamed } from './checkpoint/requests.ts';
import { followCommands } from './cli-commands.ts';
import { parseArguments, usage, type Invocation } from './cli-arguments.ts';
import { ArgumentError } from './config-file.ts';
import { createService } from './service.ts';
import { TerminalPrinter } from './terminal-printer.ts';

/** The trainer in a terminal: arguments -> service -> lines, or JSON. */

/** After a signal, 128 and its number; 141 as programs end whose reader went away. */
const EXIT = {
  done: 0,
  failure: 1,
  badArguments: 2,
  hungUp: 129,
  interrupted: 130,
  unread: 141,
  terminated: 143,
} as const;

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function invocation(): Invocation {
  try {
    return parseArguments(process.argv.slice(2));
  } catch (error) {
    if (error instanceof ArgumentError) fail(error.message, EXIT.badArguments);
    throw error;
  }
}

const asked = invocation();
if (asked.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(EXIT.done);
}

let code: number = EXIT.done;
const printer = new TerminalPrinter(process.stdout);

function show(event: TrainerEvent): void {
  if (asked.json) process.stdout.write(`${JSON.stringify(event)}\n`);
  else printer.print(event);
  if (event.type === 'failed') {
    code = EXIT.failure;
    process.stderr.write(`${event.what}\n  at: ${event.where}\n  ${event.remedy}\n`);
  }
}

const service = createService(show);

let isStopping = false as boolean;
/** Said once. */
let isUnwritable = false;

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

// What cannot be told is no reason to lose what was learnt: without a reader it saves and ends, and on a full disk it goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' && !isStopping) stop(EXIT.unread);
  else if (error.code !== 'EPIPE' && !isUnwritable)
    process.stderr.write(`What it prints cannot be written: ${error.message}. It goes on.\n`);
  isUnwritable = true;
});
process.stderr.on('error', () => undefined);

/** The configuration that the folder's run goes on with: that of the checkpoint asked for. */
async function recorded(): Promise<CheckpointRecord | null> {
  const { checkpointDir, from } = asked;
  if (from !== undefined) return (await checkpointNamed(checkpointDir, from)).record;
  return (await newestCheckpoint(checkpointDir)).checkpoint?.record ?? null;
}

try {
  const config = asked.configOn((await recorded())?.config ?? null, seedRun());
  const { checkpointDir, from, weightsFrom } = asked;
  const commands = asked.commands
    ? followCommands(process.stdin, process.stderr, (command) => {
        service.handle(command);
      })
    : null;
  if (!isStopping)
    service.handle({
      type: 'start',
      checkpointDir,
      config,
      ...(from !== undefined && { from }),
      ...(weightsFrom !== undefined && { weightsFrom }),
    });
  await service.idle;
  commands?.close();
  process.exitCode = code;
} catch (error) {
  fail(
    error instanceof Error ? error.message : String(error),
    error instanceof ArgumentError ? EXIT.badArguments : EXIT.failure,
  );
}
