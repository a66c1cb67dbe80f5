import { seedRun } from '../../shared/presets.ts';
import type { TrainerEvent } from '../../shared/trainer-protocol.ts';
import { newestCheckpoint } from './checkpoint/reading.ts';
import { followCommands } from './cli-commands.ts';
import { parseArguments, usage, type Invocation } from './cli-arguments.ts';
import { ArgumentError } from './config-file.ts';
import { createService } from './service.ts';
import { TerminalPrinter } from './terminal-printer.ts';

/** The trainer in a terminal: arguments -> service -> lines, or JSON. */

const EXIT = { done: 0, failure: 1, badArguments: 2, interrupted: 130, terminated: 143 } as const;

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

function interrupt(exitCode: number): void {
  if (code === exitCode) process.exit(exitCode); // The second time: at once.
  code = exitCode;
  service.handle({ type: 'stop' });
}
process.on('SIGINT', () => {
  interrupt(EXIT.interrupted);
});
process.on('SIGTERM', () => {
  interrupt(EXIT.terminated);
});

try {
  const { checkpoint } = await newestCheckpoint(asked.checkpointDir);
  const config = asked.configOn(checkpoint?.record.config ?? null, seedRun());
  const { checkpointDir, from, weightsFrom } = asked;
  const commands = asked.commands
    ? followCommands(process.stdin, process.stderr, (command) => {
        service.handle(command);
      })
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
  process.exitCode = code;
} catch (error) {
  fail(
    error instanceof Error ? error.message : String(error),
    error instanceof ArgumentError ? EXIT.badArguments : EXIT.failure,
  );
}
