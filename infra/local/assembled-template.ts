import { chooseStack } from "./choose-stack.ts";
import { SetupError } from "./host/setup-error.ts";
import { readTemplates, type Template } from "./host/template.ts";

/** Of a stack of the CDK, what is needed to synthesize it, whichever copy of the CDK it is from. */
export interface AssembledStack {
  readonly templateFile: string;
  readonly node: { readonly path: string; readonly scopes: readonly object[] };
}

interface Stage {
  synth(): { readonly directory: string };
}

/**
 * The template of a stack, which is synthesized with its app; or of the only one with the construct in a folder.
 *
 * @throws {SetupError} if it is in no app, or if it cannot be told which one is meant
 */
export function assembledTemplate(stack: AssembledStack | string): Template {
  if (typeof stack === "string") return chooseStack(readTemplates(stack), undefined, stack);
  const stage = stack.node.scopes.filter(isStage).at(-1);
  if (stage === undefined) throw new SetupError(`${stack.node.path} is in no App, and cannot be synthesized.`);
  const { directory } = stage.synth();
  return chooseStack(readTemplates(directory), stack.templateFile.replace(/\.template\.json$/, ""), directory);
}

function isStage(scope: object): scope is Stage {
  return "synth" in scope && typeof scope.synth === "function";
}
