import { buf as crc32 } from 'crc-32';
import * as v from 'valibot';
import { count } from '../../../../shared/schema-parts.ts';
import type { FilmFrame } from '../../../../shared/film.ts';
import type { KernelShape } from '../../../../shared/weight-edit.ts';
import type { LinesFile } from '../append-lines.ts';

/**
 * The lines of a run's film, the kernels of its first convolution through training: a head, then for each start a line that says from
 * where on, and a line a frame. The numbers are float32, so that a frame is the very kernels that the checkpoint of its step holds. Text,
 * as the curves are: it is read and cut in the same way, a line that is damaged costs no other, and any program can read it.
 */

export const FILM = 'filters.jsonl';

const headSchema = v.looseObject({
  type: v.literal('film'),
  program: v.literal('Firstlayer'),
  format: v.literal(1),
});
const head = {
  type: 'film',
  program: 'Firstlayer',
  format: 1,
  about:
    'kernels of the first convolution through training; values: base64 of float32, little-endian, [height, width, channels, filters]; crc: CRC-32 of these bytes',
};

const shapeSchema = v.tuple([count, count, count, count]);
const resumedSchema = v.strictObject({
  type: v.literal('resumed'),
  branch: count,
  /** What the branch has after this step, or all where it is 0, does not count. */
  step: count,
  shape: shapeSchema,
  /** Images that are tried before a filter is called dead. */
  tried: count,
});
/** Says that the frames after it were taken from this step on. */
export type FilmResumed = v.InferOutput<typeof resumedSchema>;

/** Why a frame was kept: training began there, its step's number, or a checkpoint. */
const reasons = ['start', 'step', 'checkpoint'] as const;
export type FrameReason = (typeof reasons)[number];

const frameSchema = v.strictObject({
  type: v.literal('frame'),
  step: count,
  for: v.picklist(reasons),
  dead: v.nullable(v.array(count)),
  crc: v.number(),
  values: v.string(),
});

/** A frame as it is kept. */
export interface KeptFrame extends FilmFrame {
  reason: FrameReason;
  branch: number;
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const isFilmHead = (text: string): boolean =>
  text.trim() === '' || v.is(headSchema, parsedLine(text.trimStart().split('\n')[0] ?? ''));

export const filmFile: LinesFile = {
  name: FILM,
  isOurs: isFilmHead,
  loss: 'the film of this run’s filters is not kept',
  firstLine: JSON.stringify(head),
};

export const resumedLine = (branch: number, step: number, shape: KernelShape, tried: number) =>
  JSON.stringify({ type: 'resumed', branch, step, shape: [...shape], tried } satisfies FilmResumed);

export function frameLine({ step, reason, dead, values }: KeptFrame): string {
  const bytes = littleEndian(values);
  const crc = crc32(bytes);
  return JSON.stringify({
    type: 'frame',
    step,
    for: reason,
    dead,
    crc,
    values: bytes.toString('base64'),
  });
}

/** What a line of the file says; `torn`: it was cut off or is no line of ours. */
export type FilmLine =
  | { type: 'head' }
  | FilmResumed
  | ({ type: 'frame' } & Omit<KeptFrame, 'branch'>)
  | { type: 'torn' };

export function parseFilmLine(text: string): FilmLine {
  const parsed = parsedLine(text);
  if (v.is(headSchema, parsed)) return { type: 'head' };
  if (v.is(resumedSchema, parsed)) return parsed;
  if (!v.is(frameSchema, parsed)) return { type: 'torn' };
  const { step, dead } = parsed;
  const bytes = Buffer.from(parsed.values, 'base64');
  if (crc32(bytes) !== parsed.crc || bytes.length % FLOAT !== 0) return { type: 'torn' };
  return { type: 'frame', step, reason: parsed.for, dead, values: floatsOf(bytes) };
}

const FLOAT = 4;

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * FLOAT);
  values.forEach((value, k) => bytes.writeFloatLE(value, k * FLOAT));
  return bytes;
}

const floatsOf = (bytes: Buffer): Float32Array =>
  Float32Array.from({ length: bytes.length / FLOAT }, (_, k) => bytes.readFloatLE(k * FLOAT));
