/** The three stages, synthesised once under every rule pack, as the tables of this folder read them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack, Validations } from 'aws-cdk-lib';
import { GuardStack } from '../../infra/guard-stack.ts';
import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';
import { addRulePacks } from '../../infra/rules/rule-packs.ts';
import { type Stage, stages } from '../../infra/stage.ts';
import { cdkContext, fixtureAssets, type MutableTemplate } from './synthesised-guard.ts';
import { type Plain, plainOutputs, plainResources } from './template-rows.ts';

interface SynthesisedStage {
  readonly stage: Stage;
  readonly template: MutableTemplate;
  /** Resources by logical id without its hash, intrinsics as text. */
  readonly resources: Readonly<Record<string, Plain>>;
  /** Value and description by id without its hash. */
  readonly outputs: Readonly<Record<string, readonly unknown[]>>;
  /** What CDK tells whoever deploys: `path: text`. */
  readonly messages: readonly string[];
  readonly terminationProtection: boolean | undefined;
  readonly answered: readonly string[];
  /** The text of a function's deployed bundle, by its asset's key. */
  readonly bundle: (s3Key: string) => string;
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly { readonly ruleName: string }[];
    readonly suppressedViolations?: readonly {
      readonly acknowledgedId: string;
      readonly acknowledgedAt: string;
    }[];
  }[];
}

/** What a stack answers instead of obeying, found by a rule pack or not: `where rule`. */
export function answered(stack: Stack): readonly string[] {
  return stack.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata
        .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
        .flatMap(({ data }) => Object.keys(data).map((rule) => `${node.path} ${rule}`)),
    );
}

/** What the rule packs found: `pack rule`, and what was answered instead of obeyed: `where rule`. */
function readReport(outdir: string) {
  const { pluginReports } = JSON.parse(
    readFileSync(join(outdir, 'validation-report.json'), 'utf8'),
  ) as Report;
  const all = <T>(of: (each: Report['pluginReports'][number]) => readonly T[]) => [
    ...new Set(pluginReports.flatMap(of)),
  ];
  return {
    packs: pluginReports.map(({ pluginName }) => pluginName),
    violations: all((each) => each.violations.map(({ ruleName }) => ruleName)),
    acknowledged: all((each) =>
      (each.suppressedViolations ?? []).map((it) => `${it.acknowledgedAt} ${it.acknowledgedId}`),
    ),
  };
}

function synthesise() {
  const assets = fixtureAssets();
  const outdir = mkdtempSync(join(tmpdir(), 'routeguard-stages-'));
  try {
    const app = new App({ outdir, context: cdkContext(), analyticsReporting: false });
    for (const stage of stages)
      new GuardStack(app, stage, { assets: assets.directory, founderKeys: LOCAL_FOUNDERS });
    addRulePacks(app);
    const assembly = app.synth();
    const bundles = new Map<string, string>();
    const found = stages.map((stage): SynthesisedStage => {
      const stack = assembly.getStackByName(`Routeguard-${stage}`);
      const template = stack.template as MutableTemplate;
      const resources = plainResources(template);
      for (const { Type, Properties } of Object.values(template.Resources)) {
        if (Type !== 'AWS::Lambda::Function') continue;
        const { S3Key: key } = Properties['Code'] as { S3Key: string };
        bundles.set(key, readFileSync(join(outdir, `asset.${key.replace('.zip', '')}`, 'index.mjs'), 'utf8'));
      }
      return {
        stage,
        template,
        resources,
        outputs: plainOutputs(template),
        messages: stack.messages.map(({ id, entry }) => `${id}: ${String(entry.data)}`),
        terminationProtection: stack.terminationProtection,
        answered: answered(app.node.findChild(stack.stackName) as Stack),
        bundle: (key) => bundles.get(key) ?? '',
      };
    });
    return { stages: found, report: readReport(outdir) };
  } finally {
    assets.remove();
    rmSync(outdir, { recursive: true, force: true });
  }
}

export const synthesised = synthesise();
