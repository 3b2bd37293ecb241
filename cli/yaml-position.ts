/** Where in a YAML text a member stands, so that a person can go there. */
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { segmentsOf } from './json-position.ts';

/** Finds lines in one text; the text is parsed once. */
export class YamlPositions {
  readonly #lines = new LineCounter();
  readonly #root: Node | null;

  constructor(text: string) {
    this.#root = parseDocument(text, { lineCounter: this.#lines }).contents;
  }

  /** The line a JSON Pointer stands on, from 1; of the nearest member above it where it does not exist. */
  lineOf(pointer: string): number {
    let node: unknown = this.#root;
    let at = this.#root?.range?.[0] ?? 0;
    for (const part of segmentsOf(pointer)) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === part);
        if (pair === undefined) break;
        at = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? at;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(part)];
        if (!isNode(node)) break;
        at = node.range?.[0] ?? at;
      } else break;
    }
    return this.#lines.linePos(at).line;
  }
}
