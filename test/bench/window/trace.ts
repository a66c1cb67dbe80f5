import { readFileSync } from 'node:fs';
import * as v from 'valibot';

/** What Chromium's own trace says of a page's main thread. */

const traceSchema = v.object({
  traceEvents: v.array(
    v.looseObject({
      name: v.string(),
      ph: v.string(),
      pid: v.number(),
      tid: v.number(),
      /** Microseconds. */
      ts: v.optional(v.number(), 0),
      dur: v.optional(v.number(), 0),
      /** Of the processor; the rest it waited for one. */
      tdur: v.optional(v.number()),
      args: v.optional(v.looseObject({ name: v.optional(v.unknown()) })),
    }),
  ),
});

interface Task {
  /** Milliseconds. */
  from: number;
  duration: number;
  /** Of it on the processor; on a busy machine it is less. */
  computed: number;
}

export interface MainThread {
  tasks: Task[];
  /** In which something was painted: one a frame. */
  frames: Task[];
}

/** @param pid of the page's process */
export function mainThreadOf(file: string, pid: number): MainThread {
  const { traceEvents } = v.parse(traceSchema, JSON.parse(readFileSync(file, 'utf8')));
  const own = traceEvents.filter((event) => event.pid === pid);
  const main = own.find(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  if (!main) throw new Error('The trace has no main thread of the page.');
  const events = own.filter(({ tid }) => tid === main.tid);
  const tasks = events
    .filter(({ name, ph }) => name === 'RunTask' && ph === 'X')
    .map(({ ts, dur, tdur = dur }) => ({
      from: ts / 1000,
      duration: dur / 1000,
      computed: tdur / 1000,
    }))
    .sort((a, b) => a.from - b.from);
  const painted = events.filter(({ name }) => name === 'Paint').map(({ ts }) => ts / 1000);
  const frames = tasks.filter(({ from, duration }) =>
    painted.some((at) => at >= from && at <= from + duration),
  );
  return { tasks, frames };
}

/** What is recorded of a page: its tasks, and when it paints. */
export const TRACED = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel'];
