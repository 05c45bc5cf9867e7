import { GetParametersByPathCommand, type SSMClient } from "@aws-sdk/client-ssm";

/**
 * The parameters right below a path, by the last part of their names.
 *
 * @param path with a slash at its end
 */
export async function parametersBelow(ssm: SSMClient, path: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  // IAM compares the path as it is sent with the role's permission, which has no slash at its end.
  const Path = path.replace(/\/$/, "");
  let NextToken: string | undefined;
  do {
    const page = await ssm.send(new GetParametersByPathCommand({ Path, NextToken }));
    for (const { Name = "", Value = "" } of page.Parameters ?? []) found.set(Name.slice(path.length), Value);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}
