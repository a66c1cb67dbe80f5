import { utilityProcess, type UtilityProcess } from 'electron';
import * as v from 'valibot';
import {
  answerSchema,
  type Answer,
  type AnswerOf,
  type Asked,
  type Question,
} from '../shared/questions.ts';
import {
  trainerEventSchema,
  type TrainerCommand,
  type TrainerEvent,
} from '../shared/trainer-protocol.ts';
import { LastWords } from './last-words.ts';
import { PendingAnswers } from './pending-answers.ts';

/** How the trainer process came to an end without being asked to. */
export interface Crash {
  /** Exit code, or on POSIX the signal, in words. */
  cause: string;
  /** What it wrote to stderr last; may be empty. */
  lastWords: string;
}

export interface TrainerListener {
  onEvent(event: TrainerEvent): void;
  onCrash(crash: Crash): void;
}

/** A prediction may have to wait for a graph to be built or for an evaluation. */
const ANSWER_PATIENCE = 60_000;
const KILL_PATIENCE = 2_000;

/**
 * The trainer's process: started when a first command needs it, told apart whether it ended or crashed, ended with a bound.
 * The only user of Electron's utilityProcess.
 */
export class TrainerHost {
  readonly #entry: string;
  readonly #listener: TrainerListener;
  readonly #answers = new PendingAnswers<Answer>(ANSWER_PATIENCE);
  #child: UtilityProcess | null = null;
  #ending: Promise<void> | null = null;

  /** `entry` is the bundled utility-main.js. */
  constructor(entry: string, listener: TrainerListener) {
    this.#entry = entry;
    this.#listener = listener;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** Starts the process if there is none, and sends. */
  send(command: TrainerCommand): void {
    this.#child ??= this.#start();
    this.#child.postMessage(command);
  }

  /** As `#ask`, and so are those below. */
  predict(asked: Asked<'predict'>): Promise<AnswerOf<'prediction'> | null> {
    return this.#ask('prediction', (id) => ({ type: 'predict', id, ...asked }));
  }

  filters(): Promise<AnswerOf<'filters'> | null> {
    return this.#ask('filters', (id) => ({ type: 'filters', id }));
  }

  activations(asked: Asked<'activations'>): Promise<AnswerOf<'activations'> | null> {
    return this.#ask('activations', (id) => ({ type: 'activations', id, ...asked }));
  }

  saliency(asked: Asked<'saliency'>): Promise<AnswerOf<'saliency'> | null> {
    return this.#ask('saliency', (id) => ({ type: 'saliency', id, ...asked }));
  }

  gradCam(asked: Asked<'grad-cam'>): Promise<AnswerOf<'grad-cam'> | null> {
    return this.#ask('grad-cam', (id) => ({ type: 'grad-cam', id, ...asked }));
  }

  /** Asks the process to save and end, and waits; what has not ended after `patience` ms is killed. */
  shutdown(patience: number): Promise<void> {
    const child = this.#child;
    if (child === null) return Promise.resolve();
    this.#ending ??= new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        kill(child);
      }, patience);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.postMessage({ type: 'shutdown' } satisfies TrainerCommand);
    });
    return this.#ending;
  }

  /** Null where there is no process, or it ends meanwhile. @throws FailureError when it refuses or does not answer in time */
  async #ask<T extends Answer['type']>(
    type: T,
    question: (id: number) => Question,
  ): Promise<AnswerOf<T> | null> {
    if (!this.#child) return null;
    const answer = await this.#answers.ask((id) => {
      this.send(question(id));
    });
    return answer && isOf(answer, type) ? answer : null;
  }

  #start(): UtilityProcess {
    const child = utilityProcess.fork(this.#entry, [], {
      serviceName: 'Firstlayer trainer',
      stdio: ['ignore', 'pipe', 'pipe'],
      // macOS: tfjs-node's library is signed by somebody else, or by nobody.
      allowLoadingUnsignedLibraries: true,
    });
    const lastWords = new LastWords();
    child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      lastWords.add(chunk.toString('utf8'));
    });
    child.on('message', (message: unknown) => {
      this.#receive(message);
    });
    child.once('exit', (code) => {
      const expected = this.#ending !== null;
      this.#child = null;
      this.#ending = null;
      this.#answers.abandon();
      if (!expected)
        this.#listener.onCrash({ cause: causeOf(code), lastWords: lastWords.toString() });
    });
    return child;
  }

  #receive(message: unknown): void {
    const parsed = v.safeParse(trainerEventSchema, message);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      this.#listener.onEvent({
        type: 'warning',
        what: `The trainer sent something that is not part of its protocol: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
        where: 'the trainer process',
        remedy: 'This should not happen. Please report it with the message above.',
      });
      return;
    }
    const event = parsed.output;
    if (v.is(answerSchema, event)) this.#answers.settle(event);
    else if (event.type === 'refused') this.#answers.refuse(event.id, event);
    else this.#listener.onEvent(event);
  }
}

const isOf = <T extends Answer['type']>(answer: Answer, type: T): answer is AnswerOf<T> =>
  answer.type === type;

/** SIGTERM first (Electron's kill); a process deep in native code may not hear it. */
function kill(child: UtilityProcess): void {
  const { pid } = child;
  child.kill();
  if (pid === undefined) return;
  const timer = setTimeout(() => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }, KILL_PATIENCE);
  child.once('exit', () => {
    clearTimeout(timer);
  });
}

/** On POSIX Electron gives the signal's number where a signal ended the process; the trainer's own codes are 0 to 2. */
function causeOf(code: number): string {
  const isSignal = process.platform !== 'win32' && code > 2 && code < 32;
  return isSignal ? `signal ${code}` : `exit code ${code}`;
}
