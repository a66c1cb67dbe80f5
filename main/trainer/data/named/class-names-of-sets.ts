/** What the classes of the sets that have a name are called, in the order of their labels, whatever else lies beside their files. */

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

/** As KMNIST's own kmnist_classmap.csv has them. */
export const hiraganaNames = Array.from('おきすつなはまやれを');

const upperCase = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Of EMNIST's split by class, which tells upper from lower case. */
export const caseNames = [
  ...digitNames,
  ...upperCase,
  ...upperCase.map((letter) => letter.toLowerCase()),
];

/** Of EMNIST's merged and balanced splits: letters that look alike in both cases are one class, named by the upper. */
export const balancedNames = [...digitNames, ...upperCase, ...Array.from('abdefghnqrt')];

/** Of EMNIST's letters, which are both cases of a letter each. */
export const letterNames = upperCase.map((letter) => `${letter}${letter.toLowerCase()}`);

/** As CIFAR-10's own batches.meta.txt has them. */
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
