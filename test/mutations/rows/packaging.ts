/** Faults in what a release is made of, in how it is signed, and in who finds out that it is another. */
import { mutationsOf } from '../mutation.ts';

const MADE = 'test/infra/packaging.test.ts';
const SIGNED = 'test/cli/release.test.ts';

export const PACKAGING = mutationsOf('packaging', [
  {
    file: 'infra/packaging/tarballs.ts',
    caughtBy: `${MADE} > a tarball`,
    faults: [
      ['whoever packs is in the bytes', 'portable: true, ', ''],
      ['the hour of packing is in the bytes', 'mtime: PACKED, ', ''],
    ],
  },
  {
    file: 'infra/packaging/release-files.ts',
    caughtBy: `${MADE} > a tarball`,
    faults: [
      [
        'files come as the disk has them',
        '    })\n    .sort();\n}\n\nexport function sumsBelow',
        '    })\n    .reverse();\n}\n\nexport function sumsBelow',
      ],
      ['the mask of whoever builds is in the bytes', '? 0o755 : 0o644', '? 0o755 : 0o600'],
      [
        'a link is left out',
        'if (!entry.isFile()) throw new ReleaseError(',
        'if (!entry.isFile()) new ReleaseError(',
        SIGNED,
      ],
      [
        'a sum may be of a file elsewhere',
        "['', '.', '..'].includes(each)",
        "['', '.'].includes(each)",
        SIGNED,
      ],
      ['the last of two sums counts', 'if (sums.has(name)) throw', 'if (sums.size < 0) throw', SIGNED],
      [
        'a byte is no difference',
        'one.get(name) !== other.get(name)',
        'one.has(name) !== other.has(name)',
        `${MADE} > the sums`,
      ],
      [
        'where it was built may be told',
        '!PACKED_FILE.test(name) && place.test(',
        'PACKED_FILE.test(name) && place.test(',
        `${MADE} > the sums`,
      ],
    ],
  },
  {
    file: 'infra/packaging/bundled-packages.ts',
    caughtBy: `${MADE} > licences`,
    faults: [
      [
        'a notice is a licence',
        'const LICENCE = /^(?:licen[cs]e|copying)/i',
        'const LICENCE = /^(?:licen[cs]e|copying|notice)/i',
      ],
      ['a text may be empty', "text !== undefined && text !== ''", 'text !== undefined'],
      ['a text may be missing', "text !== undefined && text !== ''", "text !== ''"],
      ['only what is called a notice is one', 'NOTICE = /^[\\w-]*notice', 'NOTICE = /^notice'],
      ['notices are left out', '...files.filter((file) => NOTICE.test(file)).map(textOf)', ''],
      ['what is not bundled counts', 'bytesInOutput > 0', 'bytesInOutput >= 0'],
    ],
  },
  {
    file: 'infra/packaging/supplied-licences.ts',
    caughtBy: `${MADE} > licences`,
    faults: [
      [
        'whoever is under a licence with a name is under ours',
        "'Apache-2.0': 'LICENSE' }",
        "'Apache-2.0': 'LICENSE', MIT: 'LICENSE' }",
      ],
    ],
  },
  {
    file: 'infra/packaging/lock-file.ts',
    caughtBy: `${MADE} > what the lock file holds`,
    faults: [
      [
        'a package without a sum is released',
        "(integrity ?? '')?.[1];",
        "(integrity ?? `sha512-${'A'.repeat(86)}==`)?.[1];",
      ],
      [
        'what a tarball carries is fetched again',
        'inBundle !== true) waiting',
        'inBundle !== false) waiting',
      ],
    ],
  },
  {
    file: 'infra/packaging/sbom.ts',
    caughtBy: `${MADE} > the SBOM`,
    faults: [
      ['lists come as they were gathered', 'sortLists: true', 'sortLists: false'],
      [
        'nobody knows what is in a bundle',
        'component.dependencies.add(bundledComponent(each).bomRef)',
        'bundledComponent(each)',
      ],
    ],
  },
  {
    file: 'infra/packaging/provenance.ts',
    caughtBy: `${MADE} > what it is built from`,
    faults: [
      [
        'a time is in it',
        'runDetails: { builder: { id: builder } }',
        'runDetails: { builder: { id: builder }, metadata: { startedOn: new Date() } }',
      ],
    ],
  },
  {
    file: 'infra/packaging/source-state.ts',
    caughtBy: `${MADE} > what it is built from`,
    faults: [
      ['what is ignored is a commit’s', "...status, '--ignored',", '...status,'],
      ['git may be told not to list', ", '--untracked-files=all'];", '];'],
      ['git may be told not to look', "line.startsWith('H ')", "line !== '?'"],
      ['any time will do', '!/^\\d{1,11}$/.test(epoch)', 'epoch === undefined'],
    ],
  },
  {
    file: 'cli/release/flaws.ts',
    caughtBy: SIGNED,
    faults: [
      ['no signature is needed', 'if (!isSignedBy(key, sums, signature))', 'if (signature === sums)'],
      ['any signature will do', 'if (!isSignedBy(key, sums, signature))', 'if (signature.length === 0)'],
      ['a file may be added', 'if (sum === undefined)\n', 'if (sum === null)\n'],
      [
        'a file may be altered',
        "return [flaw('ALTERED'",
        "return sum === '' ? [] : []; return [flaw('ALTERED'",
      ],
      [
        'a file may be missing',
        '.filter((name) => !found.includes(name))',
        '.filter((name) => found.length < 0 && !found.includes(name))',
      ],
      ['how it was built need not be signed', '...envelopeFlaws(reader, key, found.read.provenance),', ''],
      [
        'anybody may say how it was built',
        '!signatures.some((signature) => isSignedBy(key, signedForm(payload), signature))',
        'signatures.length === 0',
      ],
      ['another statement may be signed', 'if (payload.equals(provenance)) return [];', 'return [];'],
      [
        'what is judged is read again',
        'name === PROVENANCE && provenance !== undefined ? sha256Of(provenance) : reader',
        'name === SUMS && provenance !== undefined ? sha256Of(provenance) : reader',
      ],
      [
        'an older release will do',
        'demanded.commit === undefined || demanded.commit === commit',
        "demanded.commit === undefined || commit !== ''",
      ],
      [
        'an older version will do',
        'own === undefined || subjects.has(own)',
        "own === undefined || own !== ''",
      ],
      ['files that are no commit’s are signed', 'commit === undefined\n', 'commit === null\n'],
      [
        'a statement may be about files that are not there',
        'sums.has(PROVENANCE) && others.length === subjects.size',
        'sums.has(PROVENANCE)',
      ],
    ],
  },
  {
    file: 'cli/release/read-once.ts',
    caughtBy: SIGNED,
    faults: [
      ['a link is followed', ' | constants.O_NOFOLLOW', ''],
      ['whatever can be opened is a file', 'if (!found.isFile())', 'if (found.size < 0)'],
      ['whatever there is is read into memory', 'if (size > MOST_BYTES)', 'if (size < 0)'],
      [
        'what the file system refuses is a crash',
        "(error instanceof Error && 'syscall' in error)",
        "(error instanceof ReleaseError && 'syscall' in error)",
      ],
    ],
  },
  {
    file: 'cli/release.ts',
    caughtBy: SIGNED,
    faults: [
      [
        'a signature is written into whatever has its name',
        'writeFileSync(partial, contents, ',
        'writeFileSync(path, contents); writeFileSync(partial, contents, ',
      ],
    ],
  },
  {
    file: 'docs/verify-a-release.md',
    caughtBy: 'test/cli/verify-a-release.test.ts',
    faults: [
      ['a link counts as a file (Node)', 'each.isFile() ?', '!each.isFIFO() ?'],
      ['a file may be added (Node)', 'if (!sums.has(name)) stop(', 'if (!sums.has(name)) console.log('],
      ['a name is printed as it is', '"REFUSED: " + encodeURI(what)', '"REFUSED: " + what'],
      ['a link counts as a file (shell)', 'find . ! -type d ! -type f >', 'find . -type p >'],
      ['a file may be added (shell)', '| cmp - ../found && echo', '| cat > ../listed && echo'],
      ['packages run what they bring', ' --ignore-scripts', ''],
      [
        'whatever lies there is installed',
        "$(cut -c67- ../release/SHA256SUMS | grep '^packages/' | sed 's|^|../release/|')",
        '../release/packages/*.tgz',
      ],
    ],
  },
  {
    file: 'cli/release/envelope.ts',
    caughtBy: SIGNED,
    faults: [
      ['a payload may be anything', 'payloadType: z.literal(PAYLOAD_TYPE)', 'payloadType: z.string()'],
    ],
  },
  {
    file: 'cli/release/plain-signature.ts',
    caughtBy: SIGNED,
    faults: [
      [
        'what holds the key is believed',
        'if (isSignedBy(publicKey, message, signature)) return signature;',
        'return signature;',
      ],
      ['an integer may be negative', '(short[0] ?? 0) > 0x7f ?', '(short[0] ?? 0) > 0xff ?'],
    ],
  },
  {
    file: 'cli/registry/kms-key.ts',
    caughtBy: 'test/cli/kms-keys.test.ts > a key in KMS',
    faults: [
      ['more is sent than KMS takes', 'message.length <= WHOLE_MESSAGE', 'message.length > 0'],
      ['a hash is signed as a message', "MessageType: 'DIGEST', Message", "MessageType: 'RAW', Message"],
    ],
  },
  {
    file: 'infra/packaging/client-package.ts',
    caughtBy: 'test/client/package.test.ts',
    faults: [
      ['the SDK is in the client', 'external: Object.keys(peerDependencies),', 'external: [],'],
      [
        'CommonJS has the declarations of a module',
        '.replaceAll(/(from "\\.[^"]*)\\.mjs"/g',
        '.replaceAll(/(fromm "\\.[^"]*)\\.mjs"/g',
      ],
      [
        'what it was built with is needed',
        'const { exports, devDependencies: _, ...manifest }',
        'const { exports, ...manifest }',
      ],
      [
        'nobody says what is bundled',
        'licencePage(clientPackage(), packages)',
        'licencePage(clientPackage(), [])',
      ],
      [
        'a type checker finds the module where CommonJS is asked for',
        '`./dist/${name}.d.cts`',
        '`./dist/${name}.d.mts`',
      ],
    ],
  },
]);
