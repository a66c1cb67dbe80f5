import type { QuestionAnswer, QuestionRequest } from '../../../shared/checkpoint-question.ts';
import { checkpointNamed } from '../checkpoint/named-checkpoint.ts';
import { answerQuestion } from '../tensorflow/answer-question.ts';
import { restoredSession } from '../tensorflow/restored-session.ts';
import type { Session } from '../tensorflow/session.ts';

interface Opened {
  by: string;
  session: Promise<Session>;
}

/** Answers questions to the network of a checkpoint. One is held at a time, from its first question until it is released or another is asked. */
export class QuestionDesk {
  #opened: Opened | null = null;

  /** @throws FailureError naming what is wrong with the checkpoint, or why its network cannot answer */
  async answer({ folder, checkpoint, question }: QuestionRequest): Promise<QuestionAnswer> {
    const session = await this.#open(folder, checkpoint);
    return { type: 'question', answer: answerQuestion(session, question) };
  }

  release(): void {
    const opened = this.#opened;
    this.#opened = null;
    // One that could not be opened has nothing to close.
    void opened?.session.then((session) => session.close()).catch(() => undefined);
  }

  #open(folder: string, name: string): Promise<Session> {
    const by = JSON.stringify([folder, name]);
    if (this.#opened?.by === by) return this.#opened.session;
    this.release();
    const session = checkpointNamed(folder, name).then(restoredSession);
    const opened = { by, session };
    this.#opened = opened;
    session.catch(() => {
      if (this.#opened === opened) this.#opened = null;
    });
    return session;
  }
}
