/** XML as services of AWS answer it: elements and text, names without their namespace. Labels have a stricter reader. */
import { SaxesParser } from 'saxes';

export interface AnswerNode {
  readonly name: string;
  readonly children: readonly AnswerNode[];
  /** Text directly inside. */
  readonly text: string;
}

interface OpenNode extends AnswerNode {
  readonly children: AnswerNode[];
  text: string;
}

/** Undefined for what is no XML. */
export function readAnswerXml(text: string): AnswerNode | undefined {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: OpenNode[] = [];
  let root: AnswerNode | undefined;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local }) => {
    open.push({ name: local, children: [], text: '' });
  });
  parser.on('text', (piece) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += piece;
  });
  parser.on('closetag', () => {
    const node = open.pop();
    if (node === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  });
  try {
    parser.write(text).close();
  } catch {
    return undefined;
  }
  return root;
}

export function nodeAt(node: AnswerNode | undefined, ...path: readonly string[]): AnswerNode | undefined {
  return path.reduce<AnswerNode | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    node,
  );
}

export function textAt(node: AnswerNode | undefined, ...path: readonly string[]): string | undefined {
  return nodeAt(node, ...path)?.text;
}

/** The members of a list: EC2 calls each `item`, others `member`. Undefined where there is no list. */
export function listAt(
  node: AnswerNode | undefined,
  ...path: readonly string[]
): readonly AnswerNode[] | undefined {
  return nodeAt(node, ...path)?.children.filter(({ name }) => name === 'item' || name === 'member');
}
