import { formatCount, formatDuration } from './format.ts';
import { isProven, type Proof, type ProofProgress, type ProofReason } from './proof.ts';

/** What a proof says, in whole sentences, in the window and in the terminal. */

/** What is trained once more: “from step 430 to step 860”. */
export const stretchWords = ({ from, fromStep }: Pick<Proof, 'from' | 'fromStep'>, to: number) =>
  `from ${from === null ? 'the run’s start' : `step ${formatCount(fromStep)}`} to step ${formatCount(to)}`;

const stageWords: Readonly<Record<ProofProgress['doing'], string>> = {
  'reading the data': 'reading the data',
  'building the network': 'building the network',
  training: 'training',
  comparing: 'comparing',
};

/** What a proof does, for as long as it goes on. */
export function proofProgressWords({ doing, stretch }: ProofProgress): string {
  if (!stretch || doing !== 'training') return stageWords[doing];
  return `step ${formatCount(stretch.step)} of ${formatCount(stretch.toStep)}`;
}

const stepsWords = (count: number): string =>
  count === 1 ? 'the one recorded step' : `all ${formatCount(count)} recorded steps`;

/** The verdict: what came out, and from where on it is not the same. */
export function verdictWords(proof: Proof): string {
  const { name, step, fromStep, from, compared, firstDifference, seconds } = proof;
  if (step === fromStep)
    return isProven(proof)
      ? `Proven: no step lies between ${from ?? 'the start'} and ${name}, and every bit is the same.`
      : `Not proven: no step lies between ${from ?? 'the start'} and ${name}, and yet they are not the same.`;
  const trained = `Trained once more ${stretchWords(proof, step)}`;
  if (isProven(proof))
    return `Proven. ${trained}, in ${formatDuration(seconds)}: every bit is the same.`;
  if (firstDifference === null)
    return compared === 0
      ? `Not proven. ${trained}, the end is not the same; no step is recorded that could tell from where on.`
      : `Not proven. ${trained}, ${stepsWords(compared)} came out the same, but the end did not: the checkpoint does not hold what the run had there.`;
  const { after, number, recorded, again } = firstDifference;
  const what = { loss: 'the loss', accuracy: 'the accuracy', learningRate: 'the learning rate' };
  const numbers = `${what[number]} was ${recorded}, and is now ${again ?? 'no number'}`;
  const where = `step ${formatCount(firstDifference.step)}`;
  return after === fromStep
    ? `Not proven. The very first recorded step of the stretch, ${where}, is not the same: ${numbers}.`
    : `Not proven. Up to step ${formatCount(after)} all is the same; ${where} is not: ${numbers}.`;
}

/** Which numbers of the checkpoint are not those that came out, the first few; empty where all are. */
export function differingWords({ variables }: Proof, most = 4): string {
  const texts = variables.map(({ name, differing, values }) =>
    differing === null
      ? `${name} (another shape)`
      : `${name} (${formatCount(differing)} of ${formatCount(values)})`,
  );
  if (texts.length === 0) return '';
  const more = texts.length - most;
  return `Numbers that differ: ${texts.slice(0, most).join(', ')}${more > 0 ? ` and in ${more} more variables` : ''}.`;
}

/** Why it came out otherwise, a sentence each; where nothing is known to be other than it was, that says so. */
export function reasonWords(proof: Proof): string[] {
  if (isProven(proof)) return [];
  if (proof.reasons.length > 0) return proof.reasons.map(reasonSentence);
  const at = proof.from === null ? proof.name : `${proof.from} or ${proof.name}`;
  return [
    `Processor, threads and TensorFlow are the same as then, so it must come out the same: what lies in ${proof.firstDifference === null ? proof.name : at}, or the recorded curves, was changed afterwards, or this computer makes mistakes.`,
  ];
}

function reasonSentence({ kind, recorded, here }: ProofReason): string {
  switch (kind) {
    case 'processor':
      return `Another processor: it was ${recorded}, and is ${here}. The last bits of a sum may differ, and grow.`;
    case 'threads':
      return `Other threads: it was trained with ${recorded}; here it is ${here}. Set as many, and it can come out the same.`;
    case 'tensorFlow':
      return `Another TensorFlow: it was ${recorded}, and is ${here}.`;
    case 'precision':
      return `The precision was changed on the way: ${recorded}, then ${here}. It is proven in the latter.`;
    case 'two-devices':
      return `The run changed its machine on the way: ${recorded}; then ${here}.`;
    case 'settings':
      return `The run went on with other settings on the way: ${here}. At which step is not recorded; it is proven as if from the beginning.`;
    case 'no-events':
      return 'The run’s curves and events are not there, so that it is not known what was changed while it ran.';
  }
}
