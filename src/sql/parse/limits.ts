/** Bounds on a text, checked before the parser sees it; beyond them the parser is slow or dies. */
export interface TextLimits {
  /**
   * UTF-16 units of one text. The parser holds the text, its tree and the JSON of it at once: 2.2 million units were
   * measured at 75 to 600 ms and 64 million at 662 MB, so one message cannot hold the event loop for long.
   */
  readonly textLengthMax: number;
  /** Open block comments inside each other. Postgres' scanner is quadratic here: 100,000 levels took 129 s. */
  readonly commentNestingMax: number;
  /**
   * Nodes above a node: brackets, CASE, and chains such as `a || b || c` or UNION, whose trees lean to one side.
   * The parser's stack overflows at about 7,000, and recursive walks over the tree, at several frames a level,
   * fill the default stack of Node (984 kB) above roughly 2,000.
   */
  readonly treeDepthMax: number;
}

export const TEXT_LIMITS: TextLimits = {
  textLengthMax: 1_000_000,
  commentNestingMax: 32,
  treeDepthMax: 1_000,
};
