import * as v from 'valibot';
import { runCheckpointNameSchema } from './checkpoint-protocol.ts';
import { answerSchema, questionSchema } from './questions.ts';

/** Questions to the network of a checkpoint, which need not be the one that trains. */

/** What the window may ask: of the present folder. */
export const checkpointQuestionSchema = v.strictObject({
  checkpoint: runCheckpointNameSchema,
  question: questionSchema,
});

/** The same with the folder, which a page must not name. */
export const questionRequestSchema = v.strictObject({
  type: v.literal('question'),
  ...checkpointQuestionSchema.entries,
  folder: v.string(),
});
export type QuestionRequest = v.InferOutput<typeof questionRequestSchema>;
export const questionAnswerSchema = v.strictObject({
  type: v.literal('question'),
  answer: answerSchema,
});
export type QuestionAnswer = v.InferOutput<typeof questionAnswerSchema>;

/** Nobody looks at that network any more: its memory is given back. */
export const releaseSchema = v.strictObject({ type: v.literal('release') });
