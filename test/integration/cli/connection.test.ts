import { afterEach, describe, expect, test, vi } from "vitest";
import { CommandError } from "../../../cli/errors.ts";
import { runInProcess } from "../../support/umapi-in-process.ts";

afterEach(() => vi.unstubAllEnvs());

/** Lists from this URL. @returns the one request that was made, and what came of it */
async function list(url: string, environment: Record<string, string> = {}) {
  const asked: { url: string; authorization: string | null }[] = [];
  const ran = await runInProcess(["list", "--json", "--url", url], {
    environment,
    fetch: async (target, init) => {
      asked.push({ url: target, authorization: new Headers(init.headers).get("authorization") });
      return Response.json({ operations: [] });
    },
  });
  return { asked, ...ran };
}

describe("a URL of a deployed service", () => {
  const scope = (region: string) =>
    expect.stringMatching(
      new RegExp(`^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/${region}/execute-api/aws4_request, `),
    );

  test("is asked with the shell's AWS credentials, in the region that it names, with or without the path", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "Quillfeather");
    const host = "https://abc123.execute-api.eu-central-1.amazonaws.com";
    for (const url of [host, `${host}/`, `${host}/v1/operations`, `${host}/v1/operations/`])
      expect(await list(url)).toEqual({
        asked: [{ url: `${host}/v1/operations?limit=200`, authorization: scope("eu-central-1") }],
        error: undefined,
        stdout: "[]\n",
        stderr: "",
      });
  });

  test("with a name of its own is signed for the shell's region", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "Quillfeather");
    const url = "https://umapi.example.com/stage";
    for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION"])
      expect((await list(url, { [name]: "ap-south-1" })).asked).toEqual([
        { url: `${url}/v1/operations?limit=200`, authorization: scope("ap-south-1") },
      ]);
  });

  test("without credentials says where they come from", async () => {
    for (const [name, value] of Object.entries({
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_PROFILE: "",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    }))
      vi.stubEnv(name, value);
    const { asked, error } = await list("https://abc123.execute-api.eu-central-1.amazonaws.com");
    expect(asked).toEqual([]);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ message: expect.stringContaining("No AWS credentials were found") });
  });
});

test("a URL on this machine is asked without a signature, whatever credentials the shell has", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "Quillfeather");
  for (const url of ["http://127.0.0.1:3000", "http://localhost:3000/v1/operations", "http://[::1]:3000"])
    expect((await list(url)).asked.map(({ authorization }) => authorization)).toEqual([null]);
});
