import * as z from "zod/mini";
import { type Fields, InvalidCredentialsError } from "./credentials.ts";

/** One credential of a file that may hold several. */
interface Candidate {
  readonly name: string;
  readonly fields: Fields;
  /** Whether its scopes are those of the User Management API. */
  readonly isForUsers: boolean;
}

const fields = z.record(z.string(), z.unknown());
const organisation = z.object({ ims_org_id: z.string() });

const workspace = z.object({
  details: z.object({
    credentials: z.array(
      z.object({
        name: z.string(),
        integration_type: z._default(z.string(), "unknown"),
        oauth_server_to_server: z.optional(fields),
        jwt: z.optional(fields),
      }),
    ),
  }),
});
type Workspace = z.output<typeof workspace>;

/** The Developer Console's download of a project or of a workspace. */
const download = z.object({ project: z.object({ org: z.optional(organisation), workspace }) });

/** The configuration of the aio command line: credentials by name, and logins of people, which have no secret. */
const aioConfiguration = z.object({ ims: z.object({ contexts: z.record(z.string(), z.unknown()) }) });

/**
 * Finds the credential in a file of the Developer Console or of the aio command line, or in one written by hand.
 *
 * @param name which one, if there are several
 * @throws InvalidCredentialsError that names the credentials of the file
 */
export function oneCredential(json: Fields, name?: string): Fields {
  const found = download.safeParse(json);
  const contexts = aioConfiguration.safeParse(json).data?.ims.contexts;
  if (!found.success && contexts === undefined) return json;
  const project = found.data?.project;
  const ofProject = project === undefined ? [] : inWorkspace(project.workspace, project.org?.ims_org_id);
  const candidates = [...ofProject, ...inContexts(contexts ?? {})];
  if (candidates.length === 0) throw new InvalidCredentialsError(noneOf(project?.workspace));
  return choose(candidates, name);
}

function inWorkspace({ details }: Workspace, orgId: string | undefined): Candidate[] {
  return details.credentials.flatMap(({ name, oauth_server_to_server, jwt }) => {
    const found = oauth_server_to_server ?? jwt;
    return found === undefined ? [] : [candidate(name, { org_id: orgId, ...found })];
  });
}

function inContexts(contexts: Fields): Candidate[] {
  return Object.entries(contexts).flatMap(([name, context]) => {
    const { data } = fields.safeParse(context);
    const hasSecret = data !== undefined && ("client_secret" in data || "client_secrets" in data);
    return hasSecret && !("redirect_uri" in data) ? [candidate(name, data)] : [];
  });
}

function candidate(name: string, found: Fields): Candidate {
  const scopes = JSON.stringify([found["scopes"], found["meta_scopes"]]);
  return { name, fields: found, isForUsers: /user_management_sdk|ent_user_sdk/.test(scopes) };
}

function choose(candidates: readonly Candidate[], name: string | undefined): Fields {
  const forUsers = candidates.filter(({ isForUsers }) => isForUsers);
  const fitting =
    name !== undefined
      ? candidates.filter((each) => each.name === name)
      : forUsers.length === 1
        ? forUsers
        : candidates;
  const [one, ...others] = fitting;
  if (one !== undefined && others.length === 0) return one.fields;
  const all = candidates.map((each) => `"${each.name}"`).join(", ");
  throw new InvalidCredentialsError(
    one === undefined
      ? `There is no credential "${name}". There are: ${all}.`
      : `There are several credentials: ${all}. Name one with --credential-name of umapi.`,
  );
}

function noneOf(found: Workspace | undefined): string {
  const kinds = new Set(found?.details.credentials.map(({ integration_type }) => integration_type));
  const others = kinds.size === 0 ? "" : ` Credentials of other kinds (${[...kinds].join(", ")}) cannot be used.`;
  return `There is no OAuth Server-to-Server credential with its values.${others} Add one to the project in the Developer Console, or take the download of the credential itself.`;
}
