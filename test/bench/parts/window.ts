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
  /** As of the drawing. */
  computed: v.object({ p50: v.number(), p99: v.number() }),
});

const windowFigures = v.object({
  /** Of the run whose curves are drawn. */
  steps: v.number(),
  /** Of a frame while a person zooms. */
  drawing: v.object({
    frames: v.number(),
    p50: v.number(),
    p99: v.number(),
    longest: v.number(),
    /** Of it on the processor: on a busy machine a page waits for one, too. */
    computed: v.object({ p50: v.number(), p99: v.number() }),
  }),
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
  /** Steps a second, turn by turn. */
  speeds: v.object({ with: v.array(v.number()), without: v.array(v.number()) }),
});
export type WindowFigures = v.InferOutput<typeof windowFigures>;

export const windowSeconds = 300;

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
