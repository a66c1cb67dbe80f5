import { join } from 'node:path';
import * as v from 'valibot';
import { evaluatedScoreSchema, type EvaluatedScore } from '../../../shared/score.ts';
import { withFile } from '../files/bounded-file.ts';
import { METRICS, parsedLine, scanLines } from './history.ts';

const MARK = Buffer.from('{"type":"finished"');
const finishedSchema = v.object({ step: v.number(), test: evaluatedScoreSchema });

/** The score of the test that was made at a step, of whichever start; null: none is recorded there. */
export async function readTestScore(folder: string, step: number): Promise<EvaluatedScore | null> {
  let score: EvaluatedScore | null = null;
  const addLine = (chunk: Buffer, begin: number, end: number): void => {
    if (MARK.compare(chunk, begin, Math.min(begin + MARK.length, end)) !== 0) return;
    const finished = v.safeParse(finishedSchema, parsedLine(chunk.toString('utf8', begin, end)));
    if (finished.success && finished.output.step === step) score = finished.output.test;
  };
  await withFile(join(folder, METRICS), (file) => scanLines(file, addLine)).catch(() => undefined);
  return score;
}
