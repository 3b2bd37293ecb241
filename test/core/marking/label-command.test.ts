import { Command } from 'commander';
import { afterEach, describe, expect, test } from 'vitest';
import { labelCommand } from '../../../cli/label.ts';
import { UsageError } from '../../../cli/usage-error.ts';

afterEach(() => {
  process.exitCode = undefined;
});

async function run(
  args: readonly string[],
  input = '',
): Promise<{
  readonly lines: readonly Record<string, unknown>[];
  readonly text: string;
  readonly exit: unknown;
}> {
  let text = '';
  const streams = {
    input: () => Promise.resolve(input),
    write: (piece: string) => {
      text += piece;
    },
    today: () => '2026-01-01',
  };
  process.exitCode = undefined;
  const program = new Command('routeguard').exitOverride().addCommand(labelCommand(streams));
  await program.parseAsync(['label', ...args], { from: 'user' });
  const lines = args.includes('--json')
    ? text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];
  return { lines, text, exit: process.exitCode };
}

describe('routeguard label', () => {
  test('one argument, one object, exit 0', async () => {
    const { lines, exit } = await run(['SECRET//REL TO USA, FVEY', '--json']);
    expect(exit).toBeUndefined();
    expect(lines).toEqual([
      {
        input: 'SECRET//REL TO USA, FVEY',
        format: 'us-banner',
        valid: true,
        canonical: 'SECRET//REL TO USA, FVEY',
        label: expect.objectContaining({
          level: 'SECRET',
          owner: ['USA'],
          rel: ['USA', 'FVEY'],
          relExpanded: ['USA', 'AUS', 'CAN', 'GBR', 'NZL'],
          audience: ['AUS', 'CAN', 'GBR', 'NZL', 'USA'],
        }),
      },
    ]);
  });

  test('one per line, in order, exit 3 if any is refused; a carriage return belongs to the marking', async () => {
    const { lines, exit } = await run(
      ['--json', '--format', 'us-banner'],
      'SECRET//NOFORN\n\nSECRET\r\n SECRET\nTOP SECRET\n',
    );
    expect(lines.map((line) => [line['input'], line['valid']])).toEqual([
      ['SECRET//NOFORN', true],
      ['', false],
      ['SECRET\r', false],
      [' SECRET', false],
      ['TOP SECRET', true],
    ]);
    expect(lines[1]).toMatchObject({ errors: [{ code: 'EMPTY', at: 0, message: expect.any(String) }] });
    expect(exit).toBe(3);
  });

  test('structured formats take one JSON value per line, XML also as a JSON string', async () => {
    const document = '{"banner":"SECRET//NOFORN","portions":["(S//NF)"]}';
    expect((await run(['--json', '--format', 'us-document'], `${document}\n`)).lines[0]).toMatchObject({
      valid: true,
    });
    const xml = '<ism:a xmlns:ism="urn:us:gov:ic:ism"\n ism:classification="U" ism:ownerProducer="USA"/>';
    expect((await run(['--json', '--format', 'ism-xml'], `${JSON.stringify(xml)}\n`)).lines[0]).toMatchObject(
      { input: xml, valid: true },
    );
    const repeated = '{"classification":"S","classification":"U","ownerProducer":"USA"}';
    expect((await run(['--json', '--format', 'ism-attrs'], repeated)).lines[0]).toMatchObject({
      valid: false,
      errors: [{ code: 'INVALID_JSON' }],
    });
  });

  test('--owner settles between nations', async () => {
    expect((await run(['SECRET', '--json'])).lines[0]).toMatchObject({
      valid: false,
      errors: [{ code: 'AMBIGUOUS' }],
    });
    expect((await run(['SECRET', '--json', '--owner', 'GBR'])).lines[0]).toMatchObject({
      format: 'uk-gsc',
      valid: true,
    });
  });

  test('words: the canonical form, never the text that was refused', async () => {
    expect((await run(['SECRET//NOFORN'])).text).toContain('us-banner: US SECRET, marked by USA');
    const refused = await run(['SECRET//UMBRA', '--format', 'us-banner']);
    expect(refused.text).toContain('UNKNOWN_MARKING');
    expect(refused.text).not.toContain('UMBRA');
  });

  test.each([
    ['--format', 'nope'],
    ['--owner', 'XXX'],
    ['--on', 'tomorrow'],
  ])('%s %s is a usage error', async (option, value) => {
    await expect(run(['SECRET', option, value])).rejects.toThrow(UsageError);
  });
});
