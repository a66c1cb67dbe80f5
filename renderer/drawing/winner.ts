/** The likeliest class, by its place among the network's outputs; null where no probability is a number. */
export function winnerOf(
  probabilities: readonly number[],
): { label: number; share: number } | null {
  let winner: { label: number; share: number } | null = null;
  probabilities.forEach((share, label) => {
    if (share > (winner?.share ?? -Infinity)) winner = { label, share };
  });
  return winner;
}
