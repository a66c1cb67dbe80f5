import type { RunConfig } from '../../../shared/config.ts';
import { FailureError, type Failure } from '../../../shared/ipc.ts';
import type { AnswerTo, Question } from '../../../shared/questions.ts';
import type { TrainerEvent } from '../../../shared/trainer-events.ts';
import { createService, type Service } from '../service.ts';
import { commandOf } from '../files/command-name.ts';

/** A checkpoint's network, asked through the service like the window does, but with an immediate answer. */
export class OpenedCheckpoint {
  readonly #service: Service;
  readonly #events: TrainerEvent[];
  /** The checkpoint's path. */
  readonly path: string;
  readonly config: RunConfig;
  /** Names of the classes, in the order of the outputs. */
  readonly classNames: readonly string[];
  /** Warnings, such as damaged checkpoints that were passed over. */
  readonly warnings: readonly Failure[];

  private constructor(
    service: Service,
    events: TrainerEvent[],
    path: string,
    config: RunConfig,
    classNames: readonly string[],
    warnings: readonly Failure[],
  ) {
    this.#service = service;
    this.#events = events;
    this.path = path;
    this.config = config;
    this.classNames = classNames;
    this.warnings = warnings;
  }

  /**
   * @param from the checkpoint's name; undefined means the folder's newest good one
   * @throws FailureError if there is none
   */
  static async open(folder: string, from: string | undefined): Promise<OpenedCheckpoint> {
    const events: TrainerEvent[] = [];
    const service = createService((event) => events.push(event));
    service.handle({
      type: 'open',
      checkpointDir: folder,
      ...(from !== undefined && { from }),
    });
    await service.idle;
    const failed = events.find((event) => event.type === 'failed');
    if (failed) throw asError(failed);
    const opened = events.find((event) => event.type === 'opened');
    if (opened?.restoredFrom && opened.config) {
      const { restoredFrom, config, warnings } = opened;
      const classNames = opened.images?.classNames ?? [];
      return new OpenedCheckpoint(service, events, restoredFrom.path, config, classNames, warnings);
    }
    const [damaged] = opened?.warnings ?? [];
    const why = damaged?.what ?? (opened?.found ? `It holds: ${opened.found.what}` : null);
    throw new FailureError({
      what: `There is no checkpoint in this folder${why === null ? '.' : ` that could be opened. ${why}`}`,
      where: folder,
      remedy: opened?.found?.canTakeOver
        ? `Have its record rebuilt with ${commandOf('train')} --take-over, or name the folder that a run was saved in with --checkpoint-dir.`
        : 'Name the folder that a run was saved in with --checkpoint-dir.',
    });
  }

  /**
   * @returns the answer to the question
   * @throws FailureError if it cannot be answered
   */
  ask<Q extends Question>(question: Q): AnswerTo<Q['type']> {
    this.#service.handle({ type: 'ask', id: 0, question });
    const event = this.#events.at(-1);
    if (event?.type === 'answer' && event.answer.type === question.type) return event.answer;
    throw event?.type === 'refused' ? asError(event) : new Error('the service gave no answer');
  }

  /** Frees the network. */
  async close(): Promise<void> {
    this.#service.handle({ type: 'shutdown' });
    await this.#service.idle;
  }
}

const asError = ({ what, where, remedy }: Failure): FailureError =>
  new FailureError({ what, where, remedy });
