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

/** What the window asks of them; a part of the contract. */
export const usedFolderCalls = {
  /** All folders that the person has used, most recent first, the present one among them. */
  usedFolders: { input: v.undefined(), output: v.array(usedFolderSchema) },
  /** What the run in one of them is now. */
  lookAtFolder: { input: v.strictObject({ path: v.string() }), output: folderLookSchema },
  /** Takes one off that list; nothing in it is touched. */
  forgetFolder: {
    input: v.strictObject({ path: v.string() }),
    output: v.array(usedFolderSchema),
  },
  /** Puts one on it again that was taken off. */
  rememberFolder: {
    input: v.strictObject({ path: v.string() }),
    output: v.array(usedFolderSchema),
  },
};
