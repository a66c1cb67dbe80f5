import { FailureError, toFailure } from '../../shared/ipc.ts';
import { folderThread } from './checkpoint/thread/folder-thread.ts';
import { openFolder } from './open-folder.ts';
import { alreadyTraining } from './service-refusals.ts';
import { Refusal } from './start/refusal.ts';
import { ShippedNetwork } from './shipped/shipped-network.ts';
import { answerQuestion } from './tensorflow/answer-question.ts';
import { NetworkSlot } from './tensorflow/network-slot.ts';
import type { Session } from './tensorflow/session.ts';
import { Control } from './training/control.ts';
import { TrainingTask } from './training-task.ts';
import { Trials } from './trials.ts';
import { WaitedQuestions } from './waited-questions.ts';
import type { TrainerCommand, TrainerCommandOf } from '../../shared/trainer-commands.ts';
import type { TrainerEvent } from '../../shared/trainer-events.ts';
import { weightsInUse } from '../../shared/weight-edit.ts';
import type { CheckpointAnswer } from '../../shared/checkpoint-protocol.ts';

type Emit = (event: TrainerEvent) => void;

export interface Service {
  handle(command: TrainerCommand): void;
  /** Resolves when all commands so far have been carried out. */
  readonly idle: Promise<void>;
}

/** Takes commands and emits events, whatever the transport. */
class TrainerService implements Service {
  readonly #emit: Emit;
  readonly #end: () => void;
  readonly #network = new NetworkSlot();
  /** A second, small network, which is loaded when it is first asked. */
  readonly #shipped = new ShippedNetwork();
  /** Controls the training that is under way or waits for its turn; null if there is none. */
  #control: Control | null = null;
  readonly #trials: Trials;
  readonly #waited = new WaitedQuestions();
  /** Long commands run one after the other. */
  #queue: Promise<void> = Promise.resolve();

  constructor(emit: Emit, end: () => void) {
    this.#emit = emit;
    this.#end = end;
    this.#trials = new Trials({
      emit,
      isTraining: () => this.#control !== null,
      enqueue: (task) => {
        this.#queue = this.#queue.then(task);
      },
    });
    emit({ type: 'ready' });
  }

  get idle(): Promise<void> {
    return this.#queue;
  }

  handle(command: TrainerCommand): void {
    this.#control?.noteServed();
    try {
      this.#handle(command);
    } catch (error) {
      this.#emit({ type: 'warning', ...toFailure(error, command.type) });
    }
  }

  #handle(command: TrainerCommand): void {
    switch (command.type) {
      case 'open':
        this.#trials.endAll();
        this.#enqueue(command.checkpointDir, () => openFolder(command, this.#network, this.#emit));
        return;
      case 'start':
        this.#start(command);
        return;
      case 'change':
        this.#control?.change(command.change);
        return;
      case 'edit-weights':
        this.#editWeights(command);
        return;
      case 'pause':
        this.#control?.pause();
        return;
      case 'resume':
        this.#forgetEdits();
        this.#control?.resume();
        return;
      case 'stop':
        this.#trials.endAll();
        this.#control?.stop();
        return;
      case 'try-rates':
        this.#trials.tryRates(command);
        return;
      case 'stop-trying-rates':
        this.#trials.stopRates();
        return;
      case 'measure-cost':
        this.#trials.measureCost(command);
        return;
      case 'stop-measuring-cost':
        this.#trials.stopMeasuring();
        return;
      case 'experiment':
        this.#trials.experiment(command);
        return;
      case 'stop-experiment':
        this.#trials.stopExperiment();
        return;
      case 'prove':
        this.#trials.prove(command);
        return;
      case 'stop-proving':
        this.#trials.stopProving();
        return;
      case 'save-to':
        this.#control?.saveTo(command.checkpointDir);
        return;
      case 'checkpoints':
        void this.#answerAboutCheckpoints(command);
        return;
      case 'ask':
        this.#answerQuestion(command);
        return;
      case 'shutdown':
        this.#trials.endAll();
        this.#control?.stop();
        void this.#queue.then(() => {
          this.#network.replace(null);
          this.#shipped.close();
          this.#end();
        });
        return;
      case 'speak':
        // The transport has done it.
        return;
    }
  }

  #enqueue(where: string, task: () => Promise<void>): void {
    this.#queue = this.#queue.then(task).catch((error: unknown) => {
      const refused = error instanceof Refusal ? ({ refused: true } as const) : {};
      this.#emit({ type: 'failed', ...toFailure(error, where), ...refused });
    });
    this.#queue = this.#queue.then(() => {
      this.#emit({ type: 'phase', phase: 'idle', detail: '' });
    });
  }

  #start(command: TrainerCommandOf<'start'>): void {
    if (this.#control) {
      this.#emit({ type: 'warning', ...alreadyTraining(command.checkpointDir) });
      return;
    }
    const refusal = this.#trials.runRefusal(command.checkpointDir);
    if (refusal) {
      this.#emit({ type: 'failed', ...refusal, refused: true });
      return;
    }
    this.#trials.endAll();
    this.#forgetEdits();
    const control = new Control();
    this.#control = control;
    this.#enqueue(command.checkpointDir, async () => {
      const task = new TrainingTask(command, control, this.#network, this.#emit);
      try {
        await task.train();
      } finally {
        this.#control = null;
        await task.close();
      }
    });
  }

  /** @throws FailureError while steps are done, or if there is no such weight */
  #editWeights({ edits }: TrainerCommandOf<'edit-weights'>): void {
    if (this.#control && !this.#control.paused) throw new FailureError(weightsInUse);
    this.#network.session?.kernels.set(edits);
  }

  /** Puts the learned weights back: a run goes on with these, unless its start says otherwise. */
  #forgetEdits(): void {
    this.#network.session?.kernels.set([]);
  }

  #answerQuestion({ id, question, ofShipped }: TrainerCommandOf<'ask'>): void {
    if (this.#waited.isWaitedFor(question)) this.#control?.noteQuestion();
    const tell = (session: Session | null): void => {
      try {
        const answer = answerQuestion(session, question);
        this.#emit({ type: 'answer', id, answer });
      } catch (error) {
        this.#emit({ type: 'refused', id, ...toFailure(error, question.type) });
      }
    };
    if (ofShipped === undefined) tell(this.#network.session);
    else
      void this.#shipped.session().then(tell, (error: unknown) => {
        this.#emit({ type: 'refused', id, ...toFailure(error, question.type) });
      });
  }

  async #answerAboutCheckpoints({
    id,
    checkpointDir,
    request,
  }: TrainerCommandOf<'checkpoints'>): Promise<void> {
    const answer = await folderThread
      .call('answer', [checkpointDir, request])
      .catch((error: unknown): CheckpointAnswer => {
        return { type: 'refused', failure: toFailure(error, checkpointDir) };
      });
    this.#emit({ type: 'checkpoints', id, answer });
  }
}

/** @param end called when a `shutdown` has been carried out and everything is saved */
export function createService(emit: Emit, end: () => void = () => undefined): Service {
  return new TrainerService(emit, end);
}
