/** Images with their labels; image k is bytes k·size … of `images`. */
export interface Examples {
  images: Uint8Array;
  labels: Uint8Array;
  count: number;
}
