/** Every one-step change of a marking that a typist, a gateway or an attacker might make. */
export function mutations(text: string): readonly string[] {
  const changed = new Set<string>();
  for (let at = 0; at <= text.length; at += 1) {
    const before = text.slice(0, at);
    const after = text.slice(at);
    changed.add(before + after.slice(1)); // one character lost
    for (const extra of [' ', '/', '-', 'X', ',']) changed.add(`${before}${extra}${after}`);
    if (after.length > 1) changed.add(before + after.charAt(1) + after.charAt(0) + after.slice(2)); // two swapped
  }
  const segments = text.split('//');
  for (const [index, segment] of segments.entries()) {
    changed.add([...segments.slice(0, index), ...segments.slice(index + 1)].join('//'));
    changed.add([...segments, segment].join('//'));
    const next = segments[index + 1];
    if (next !== undefined)
      changed.add([...segments.slice(0, index), next, segment, ...segments.slice(index + 2)].join('//'));
    for (const separator of ['/', ', ', '-', ' ']) {
      const parts = segment.split(separator);
      if (parts.length < 2) continue;
      const rebuilt = [parts.toReversed(), [...parts, parts[0]], parts.slice(1), parts.slice(0, -1)];
      for (const list of rebuilt) changed.add(segments.with(index, list.join(separator)).join('//'));
    }
  }
  for (const [from, to] of REPLACEMENTS) if (text.includes(from)) changed.add(text.replace(from, to));
  changed.delete(text);
  return [...changed];
}

const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ['TOP SECRET', 'SECRET'],
  ['SECRET', 'CONFIDENTIAL'],
  ['SECRET', 'UNCLASSIFIED'],
  ['CONFIDENTIAL', 'UNCLASSIFIED'],
  ['UNCLASSIFIED', 'SECRET'],
  ['NOFORN', 'REL TO USA, GBR'],
  ['REL TO USA, ', 'REL TO '],
  ['REL TO', 'REL'],
  ['ORCON', 'ORCON-USGOV'],
  ['NOFORN', 'RELIDO'],
  ['//', '/'],
  ['/', '//'],
  ['-', '/'],
  [', ', ' '],
  ['USA', 'US'],
  ['GBR', 'UK'],
];
