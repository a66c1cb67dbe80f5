import type { PartName } from '../../../../shared/dataset-parts.ts';
import type { Failure } from '../../../../shared/ipc.ts';

/** One picture file of a dataset. */
export interface ListedPicture {
  /** In its tree; of a table's, below the table's folder. */
  path: string;
  /** Its class, from 0. */
  label: number;
  /** Null: nothing says which part it belongs to. */
  part: PartName | null;
}

/** Which pictures a dataset is made of, and what they show. */
export interface PictureList {
  /** In the order of the labels. */
  classNames: string[];
  pictures: ListedPicture[];
  /** What a person is told of how it was made. */
  findings: Failure[];
}
