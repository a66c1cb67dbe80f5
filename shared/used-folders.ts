import * as v from 'valibot';
import { failureSchema } from './checkpoint-protocol.ts';
import { runSummarySchema } from './run-summary.ts';

/** The folders that a person has used, and what their runs are. */

export const usedFolderSchema = v.strictObject({
  path: v.string(),
  /** As it was when it was looked at last; null: it never was. */
  run: v.nullable(runSummarySchema),
});
export type UsedFolder = v.InferOutput<typeof usedFolderSchema>;

export const folderLookSchema = v.variant('type', [
  v.strictObject({ type: v.literal('run'), run: runSummarySchema }),
  /** It is gone, cannot be read, or does not answer. */
  v.strictObject({ type: v.literal('unreadable'), failure: failureSchema }),
]);
export type FolderLook = v.InferOutput<typeof folderLookSchema>;
