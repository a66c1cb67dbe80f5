import { formatDuration } from '../../../shared/format.ts';
import { toFailure } from '../../../shared/ipc.ts';
import {
  isProven,
  type Proof,
  type ProofProgress,
  type ProofRequest,
} from '../../../shared/proof.ts';
import {
  differingWords,
  proofProgressWords,
  reasonWords,
  verdictWords,
} from '../../../shared/proof-words.ts';
import { threadsToUse } from '../tensorflow/environment.ts';
import { proveCheckpoint } from '../training/proof/prove.ts';
import { EXIT, failureText } from './exit.ts';
import { withOption } from './option-names.ts';

/** `npm run checkpoints -- prove NAME`: the one command of these that trains. */

/** As a person reads it: the verdict, both fingerprints, and where and why it differs. */
export const proofText = (proof: Proof): string =>
  [
    verdictWords(proof),
    `  as saved       ${proof.recorded}`,
    `  trained again  ${proof.again}`,
    ...[differingWords(proof), ...reasonWords(proof)].filter((line) => line !== ''),
  ].join('\n');

/**
 * Proves a checkpoint and prints what came of it; how far it is goes to standard error where that is a terminal.
 * @returns the code that the program ends with: 0 where both fingerprints are equal, 1 where not, 2 where it cannot be tried
 */
export async function printProof(
  folder: string,
  request: ProofRequest,
  asJson: boolean,
): Promise<number> {
  const stop = new AbortController();
  // Nothing was written that would have to be saved: what is temporary is removed.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      stop.abort();
    });
  try {
    threadsToUse();
    const { signal } = stop;
    const proof = await proveCheckpoint(folder, request, { signal, onProgress: showProgress });
    clearProgress();
    if (!proof) {
      process.stderr.write('Stopped; nothing was proven.\n');
      return EXIT.failure;
    }
    process.stdout.write(
      `${asJson ? JSON.stringify({ type: 'proof', proof }) : proofText(proof)}\n`,
    );
    return isProven(proof) ? EXIT.done : EXIT.failure;
  } catch (error) {
    clearProgress();
    const failure = toFailure(error, folder);
    if (asJson) process.stdout.write(`${JSON.stringify({ type: 'refused', failure })}\n`);
    else {
      const where = withOption(failure.where, { '--checkpoint-dir': folder });
      process.stderr.write(`${failureText({ ...failure, where })}\n`);
    }
    return EXIT.refused;
  }
}

const CLEAR_LINE = '\r\x1b[K';

function showProgress(progress: ProofProgress): void {
  if (!process.stderr.isTTY) return;
  const { secondsLeft } = progress;
  const left = secondsLeft === null ? '' : `, ${formatDuration(secondsLeft)} left`;
  process.stderr.write(`${CLEAR_LINE}Proving: ${proofProgressWords(progress)}${left}`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE);
}
