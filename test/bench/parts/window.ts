import * as v from 'valibot';
import { ownProgram } from '../program.ts';
import type { Progress } from '../progress.ts';
import { temporaryFolder } from '../temporary.ts';

/** How smooth the window is, and what it costs training. Times are milliseconds on the page's main thread. */

const tasks = v.object({
  count: v.number(),
  p50: v.number(),
  p99: v.number(),
  longest: v.number(),
  /** How many took longer than 50 ms. */
  above50: v.number(),
  /** Of it on the processor: on a busy machine a page waits for one, too. */
  computed: v.object({ p50: v.number(), p99: v.number() }),
});

const frames = v.object({
  frames: v.number(),
  p50: v.number(),
  p95: v.number(),
  p99: v.number(),
  longest: v.number(),
});

const windowFigures = v.object({
  /** Of the run whose curves are drawn. */
  steps: v.number(),
  /** Of a frame while a person zooms: in a window that has just opened, and after some hundred drawings. */
  drawing: v.object({ atFirst: frames, later: frames }),
  /** From each stroke of the pen, while nothing trains, until all layers' maps are painted. */
  maps: v.array(v.number()),
  /** How many times a second of training they are painted anew, turn by turn. */
  mapsWhileTraining: v.array(v.number()),
  /** While a run trains: those of the app's page, and of an empty one beside the same training. */
  tasks: v.object({ app: tasks, empty: tasks }),
  /** A folder that holds much, from the press of its button until its checkpoints are listed. */
  opening: v.object({
    checkpoints: v.number(),
    lines: v.number(),
    seconds: v.array(v.number()),
    longestTask: v.number(),
    above50: v.number(),
  }),
  /** Seconds: from the start until a person can press Start; of an empty window until it is there; from Start to the first step. */
  starting: v.object({
    app: v.array(v.number()),
    empty: v.array(v.number()),
    firstStep: v.array(v.number()),
  }),
  /**
   * Steps a second, turn by turn: of the app in Train, and between showing how the network answers a drawing; with its window shown and
   * hidden, and of the same run in the terminal.
   */
  speeds: v.object({
    beside: v.array(v.number()),
    following: v.array(v.number()),
    shown: v.array(v.number()),
    hidden: v.array(v.number()),
    terminal: v.array(v.number()),
  }),
});
export type WindowFigures = v.InferOutput<typeof windowFigures>;

export const windowSeconds = 840;

export async function measureWindow(progress: Progress): Promise<WindowFigures> {
  progress.begin('The window: drawing, its main thread while training, and what it costs training');
  const program = ownProgram('the window', 'window-main.js', { folder: temporaryFolder() });
  try {
    return v.parse(windowFigures, await program.next());
  } finally {
    program.end();
    progress.add(windowSeconds);
  }
}
