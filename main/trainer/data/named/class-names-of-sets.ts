/** Class names of the named sets, in the order of their labels. They are used whatever lies beside the sets' files. */

export const digitNames = Array.from('0123456789');

export const clothesNames = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** From KMNIST's own kmnist_classmap.csv. */
export const hiraganaNames = Array.from('おきすつなはまやれを');

const upperCase = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Classes of EMNIST's split by class, which tells upper from lower case. */
export const caseNames = [
  ...digitNames,
  ...upperCase,
  ...upperCase.map((letter) => letter.toLowerCase()),
];

/** Classes of EMNIST's merged and balanced splits: letters that look alike in both cases are one class, with the upper case as its name. */
export const balancedNames = [...digitNames, ...upperCase, ...Array.from('abdefghnqrt')];

/** Classes of EMNIST's letters, each with both cases of a letter. */
export const letterNames = upperCase.map((letter) => `${letter}${letter.toLowerCase()}`);

/** From CIFAR-10's own batches.meta.txt. */
export const objectNames = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];
