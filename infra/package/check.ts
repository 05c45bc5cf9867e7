import { readFileSync } from "node:fs";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/**
 * Looks at the package as those who install it will: publint at its files, arethetypeswrong at its types by each way to
 * resolve them.
 *
 * @param folder the package
 * @param tarball the same, packed
 * @returns a sentence for each fault, none if there is none
 */
export async function faultsOf(folder: string, tarball: string): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: folder, strict: true });
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
  return [
    ...messages.map((message) => `publint: ${formatMessage(message, pkg) ?? message.code}`),
    ...(analysis.types
      ? analysis.problems.map((problem) => `arethetypeswrong: ${JSON.stringify(problem)}`)
      : ["arethetypeswrong: it has no types"]),
  ];
}
