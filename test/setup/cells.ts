/** One way in which the project is set up. */
export interface Cell {
  /** Major versions. */
  readonly node: number;
  readonly npm: number;
  /** Id of a user without a passwd entry. @default whoever runs this */
  readonly user?: number;
  /** Name of the folder with the clone. */
  readonly folder: string;
  /** Whether every npm script is tried too. */
  readonly isThorough: boolean;
}

const nodes = [18, 20, 22, 24, 26];
const npms = [9, 10, 11];
const plain = nodes.flatMap((node) =>
  // npm 11 asks for Node 20.17.
  npms
    .filter((npm) => npm < 11 || node >= 20)
    .map((npm): Cell => ({ node, npm, folder: "umapi-workers", isThorough: false })),
);
const strangers = [
  [18, 9],
  [20, 10],
  [26, 11],
].map(([node = 0, npm = 0]): Cell => ({ node, npm, user: 12345, folder: "with some spaces", isThorough: true }));

/** @param names cells such as `18/9`; all if there are none */
export function chosenCells(names: readonly string[]): readonly Cell[] {
  return [...plain, ...strangers].filter(({ node, npm }) => names.length === 0 || names.includes(`${node}/${npm}`));
}
