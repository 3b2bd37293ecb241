/** What is said of the members of a component: tables of words, and how a member finds its own. */

/** A sentence on a member, by the component and the names that lead to it. @throws Error where nobody has said anything of it */
export type MemberWords = (component: string, way: readonly string[]) => string;

/**
 * The words of a table whose keys are names of members: alone, or behind the members that they are of (`hop.plmn`), or behind a
 * component in which they mean something else, at any depth (`Proposal.key`). The longest key wins.
 */
export function wordsFrom(file: string, table: Readonly<Record<string, string>>): MemberWords {
  return (component, way) => {
    const whole = [component, ...way];
    const [last = ''] = way.slice(-1);
    const behind = way.map((_, index) => whole.slice(index).join('.'));
    const key = [...behind, `${component}.${last}`, last].find((each) => Object.hasOwn(table, each));
    if (key === undefined) throw new Error(`${file} says nothing of ${whole.join('.')}`);
    return table[key] ?? '';
  };
}
