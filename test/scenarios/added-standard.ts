/** What docs/add-a-standard.md has its reader write. */
import { readFileSync } from 'node:fs';
import { publicKeyOf } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';

const page = readFileSync(new URL('../../docs/add-a-standard.md', import.meta.url), 'utf8');
export const [standard = '', placeheld = '', facts = '', scenarios = ''] = [
  ...page.matchAll(/```json\n([\s\S]*?)```/g),
].map((m) => m[1] ?? '');

/** With the public halves of two keys where the page says to put them. */
export const authority = ['no-first', 'no-second'].reduce(
  (text, name) => text.replace(`MCow… of ${name}.pem`, publicKeyOf(localKey(name))),
  placeheld,
);
