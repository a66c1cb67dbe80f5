/** The likeliest class; null where there are no probabilities. */
export function winnerOf(
  probabilities: readonly number[],
): { digit: number; share: number } | null {
  if (probabilities.length === 0) return null;
  const share = Math.max(...probabilities);
  return { digit: probabilities.indexOf(share), share };
}
