import { constants } from 'node:os';
import type { RunConfig } from '../../../shared/config.ts';
import { seedRun } from '../../../shared/presets.ts';
import { usualRateRange } from '../../../shared/range-test-protocol.ts';
import { nameSettings } from '../../../shared/setting-paths.ts';
import { THREADS_VARIABLE } from '../../../shared/threads.ts';
import { messageOf } from '../../../shared/system-errors.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { namedOrNewestCheckpoint } from '../checkpoint/named-checkpoint.ts';
import { createService, type Service } from '../service.ts';
import { configTakenOver } from '../start/take-over.ts';
import { threadsToUse } from '../tensorflow/environment.ts';
import { asksForHelp, parseArguments, type Invocation } from './arguments.ts';
import { ArgumentError } from './config-file.ts';
import { endProgram, EXIT, failureText, tellUncaught } from './exit.ts';
import { exitCodeOf, failedBy, writeFailed, type Failed } from './failed.ts';
import { forgetLostTerminals, HANG_UP, hasLostTerminal, outlivesTerminal } from './hang-up.mjs';
import { followCommands } from './live-commands.ts';
import { TerminalNotes } from './notes.ts';
import { optionOf, withOption } from './option-names.ts';
import { command, usage } from './options.ts';
import { TerminalPrinter } from './printer.ts';

/** `npm run train`: trains in a terminal. */

/** docs/signals.md says what each is for. The program then ends with 128 plus the signal's number. */
const SAVING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;
type SavingSignal = (typeof SAVING_SIGNALS)[number];
/** Milliseconds: `timeout` signals its command and then its whole process group, so the command gets the signal twice. */
const SAME_KEYPRESS = 300;
/** Milliseconds until a hang-up has reached all processes that it is for. */
const HANG_UP_TIME = 1000;

/** Parses arguments, runs the service, and prints lines or JSON. */
class TrainCommand {
  readonly #asked: Invocation;
  readonly #printer: TerminalPrinter;
  readonly #notes = new TerminalNotes(process.stdout);
  readonly #service: Service;
  /** Whether it goes on when its terminal goes away. */
  readonly #outlivesTerminal = outlivesTerminal();
  /** A scheduler signals a command and all that it started; so only the command that started us can tell a second Ctrl-C from that. */
  readonly #isAlone = process.send === undefined;
  #exitCode: number = EXIT.done;
  #isStopping = false;
  #isHungUp = false;
  /** When the first signal came, in milliseconds. */
  #signalledAt = Infinity;
  /** Whether it was said that nothing more can be printed; that is said once. */
  #isUnwritable = false;
  #isPaused = false;
  #haveCommandsEnded = false;
  #data: RunConfig['data'] | null = null;

  constructor(asked: Invocation) {
    this.#asked = asked;
    this.#printer = new TerminalPrinter(process.stdout, asked);
    this.#service = createService((event) => this.#tellEvent(event));
  }

  /**
   * Trains, tries rates, or prints the configuration, to the end.
   * @returns the exit code
   */
  async run(): Promise<number> {
    this.#watchOutput();
    this.#watchSignals();
    try {
      await (this.#asked.printConfig ? this.#printConfig() : this.#train());
    } catch (error) {
      if (error instanceof ArgumentError) this.#end(failedBy(error), error.message);
      else this.#tellFailed(failedBy(error));
    }
    return this.#exitCode;
  }

  async #printConfig(): Promise<void> {
    const config = await this.#asked.configOn(null, seedRun());
    process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
  }

  async #train(): Promise<void> {
    const { checkpointDir, from, weightsFrom, takeOver, findRate } = this.#asked;
    const config = await this.#asked.configOn(await this.#recordedConfig(), seedRun());
    this.#data = config.data;
    if (this.#isStopping) return;
    const weights = weightsFrom === undefined ? {} : { weightsFrom };
    if (findRate) {
      this.#service.handle({ type: 'try-rates', id: 0, config, range: usualRateRange, ...weights });
      await this.#service.idle;
      return;
    }
    const commands = this.#asked.commands ? this.#followCommands() : null;
    this.#service.handle({
      type: 'start',
      checkpointDir,
      config,
      ...(from !== undefined && { from }),
      ...weights,
      ...(takeOver && { takeOver }),
    });
    await this.#service.idle;
    commands?.close();
  }

  /** The configuration that the folder's run goes on with: that of the checkpoint asked for, or of the run that is taken over. */
  async #recordedConfig(): Promise<RunConfig | null> {
    const { checkpointDir, from, takeOver } = this.#asked;
    const name = takeOver ? undefined : from;
    const { checkpoint } = await namedOrNewestCheckpoint(checkpointDir, name);
    return takeOver
      ? configTakenOver(checkpointDir, checkpoint)
      : (checkpoint?.record.config ?? null);
  }

  #followCommands(): { close(): void } {
    return followCommands(
      process.stdin,
      process.stderr,
      (command) => {
        this.#service.handle(command);
      },
      () => {
        this.#haveCommandsEnded = true;
        this.#endIfNobodyCommands();
      },
    );
  }

  /** Ends a paused run once no command can come any more that would resume it. */
  #endIfNobodyCommands(): void {
    if (!this.#isPaused || !this.#haveCommandsEnded || this.#isStopping) return;
    process.stderr.write('The commands ended while it was paused: it saves and ends.\n');
    this.#stop(EXIT.done);
  }

  /** Saves and ends. */
  #stop(exitCode: number): void {
    this.#exitCode = exitCode;
    this.#isStopping = true;
    this.#service.handle({ type: 'stop' });
  }

  #tellEvent(event: TrainerEvent): void {
    if (event.type === 'failed' || event.type === 'rates-refused') {
      const { what, remedy } = event;
      const isRefused = event.type === 'rates-refused' || event.refused === true;
      const where = this.#asked.placeOf(event.where);
      this.#tellFailed({
        type: 'failed',
        what,
        where,
        remedy,
        ...(isRefused && { refused: true }),
      });
      return;
    }
    if (this.#asked.json) process.stdout.write(`${JSON.stringify(event)}\n`);
    else {
      this.#printer.print(event);
      this.#notes.print(event);
    }
    if (event.type === 'phase') this.#isPaused = event.phase === 'paused';
    this.#endIfNobodyCommands();
  }

  /** Reports a failure in the terminal's words: settings and places are named by their options. */
  #tellFailed(failed: Failed): void {
    const places = {
      '--checkpoint-dir': this.#asked.checkpointDir,
      '--weights-from': this.#asked.weightsFrom,
      '--dataset': this.#data?.dataset,
      '--own-drawings': this.#data?.ownDrawings?.folder,
    };
    const withOptionNames = (text: string): string => nameSettings(text, (path) => optionOf[path]);
    const text = failureText({
      what: withOptionNames(failed.what),
      where: withOption(failed.where, places),
      remedy: withOptionNames(failed.remedy),
    });
    this.#end(failed, text);
  }

  #end(failed: Failed, text: string): void {
    this.#exitCode = exitCodeOf(failed);
    writeFailed(failed, text, this.#asked.json);
  }

  /** An output that fails must not cost the learned weights: without a reader the run saves and ends, on a full disk it goes on. */
  #watchOutput(): void {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      const patience = this.#outlivesTerminal ? HANG_UP_TIME : 0;
      if (error.code === 'EPIPE') setTimeout(() => this.#endUnread(), patience).unref();
      else if (!this.#isUnwritable)
        process.stderr.write(
          `What it prints cannot be written: ${messageOf(error)}. It goes on.\n`,
        );
      this.#isUnwritable = true;
    });
    process.stderr.on('error', () => undefined);
    process.on('exit', forgetLostTerminals);
  }

  /** Ends without a reader, but not if the reader, such as `tee`, went away with a terminal that the run outlives. */
  #endUnread(): void {
    const isLeftAlone = this.#outlivesTerminal && (this.#isHungUp || hasLostTerminal());
    if (!this.#isStopping && !isLeftAlone) this.#stop(EXIT.unread);
  }

  #watchSignals(): void {
    process.on('message', (message) => {
      if (message === HANG_UP) this.#isHungUp = true;
    });
    for (const signal of SAVING_SIGNALS)
      process.on(signal, () => {
        this.#onSignal(signal);
      });
  }

  #onSignal(signal: SavingSignal): void {
    if (signal === 'SIGHUP') this.#isHungUp = true;
    if (signal === 'SIGHUP' && this.#outlivesTerminal) return;
    const exitCode = 128 + constants.signals[signal];
    const isSecond = Date.now() - this.#signalledAt > SAME_KEYPRESS;
    if (signal === 'SIGINT' && isSecond && this.#isAlone) process.exit(exitCode);
    if (this.#signalledAt < Infinity) return;
    this.#signalledAt = Date.now();
    this.#stop(exitCode);
  }
}

function parseOrEnd(argv: readonly string[]): Invocation {
  try {
    const asked = parseArguments(argv);
    // TensorFlow reads this variable when it is loaded, at its first use.
    if (asked.threads !== null) process.env[THREADS_VARIABLE] = String(asked.threads);
    threadsToUse();
    return asked;
  } catch (error) {
    const failed = failedBy(error);
    const text = error instanceof ArgumentError ? error.message : failureText(failed);
    writeFailed(failed, text, argv.includes('--json'));
    return process.exit(exitCodeOf(failed));
  }
}

tellUncaught(command);
const argv = process.argv.slice(2);
if (asksForHelp(argv)) endProgram(usage, EXIT.done);
process.exitCode = await new TrainCommand(parseOrEnd(argv)).run();
