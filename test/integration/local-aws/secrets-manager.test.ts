import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  InvalidParameterException,
  InvalidRequestException,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { createSecretsManager } from "../../../infra/local/aws/secrets-manager/secrets-manager.ts";
import { inProcess } from "../../support/in-process-client.ts";
import { SimulatedClock } from "../../support/simulated-clock.ts";

function localSecrets() {
  const clock = new SimulatedClock();
  let ids = 0;
  const randomId = () => {
    ids += 1;
    return `${String(ids).padStart(8, "0")}-0000-4000-8000-000000000000`;
  };
  const secrets = createSecretsManager({ clock, randomId });
  const client = new SecretsManagerClient(inProcess(secrets));
  const read = (SecretId: string, more = {}) => client.send(new GetSecretValueCommand({ SecretId, ...more }));
  const create = (Name: string, SecretString = "one") => client.send(new CreateSecretCommand({ Name, SecretString }));
  const put = (SecretId: string, SecretString: string, more = {}) =>
    client.send(new PutSecretValueCommand({ SecretId, SecretString, ...more }));
  return { clock, secrets, client, read, create, put };
}

describe("a secret", () => {
  it("is read by its name, its ARN, and its ARN without the part that AWS adds", async () => {
    const { read, create, clock } = localSecrets();
    const { ARN = "" } = await create("adobe/lane-1");
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:adobe\/lane-1-[a-zA-Z0-9]{6}$/);
    for (const id of ["adobe/lane-1", ARN, ARN.slice(0, -7)]) {
      expect(await read(id)).toMatchObject({ ARN, Name: "adobe/lane-1", SecretString: "one" });
    }
    expect((await read(ARN)).CreatedDate).toEqual(new Date(clock.now()));
  });

  it("holds bytes as well", async () => {
    const { client, read } = localSecrets();
    await client.send(new CreateSecretCommand({ Name: "bytes", SecretBinary: Uint8Array.of(0, 255) }));
    expect((await read("bytes")).SecretBinary).toEqual(Uint8Array.of(0, 255));
  });

  it("keeps the value before the current one as AWSPREVIOUS, and none before that", async () => {
    const { read, create, put } = localSecrets();
    const { VersionId: first } = await create("key", "one");
    const { VersionId: second } = await put("key", "two");
    expect(await read("key")).toMatchObject({ SecretString: "two", VersionId: second, VersionStages: ["AWSCURRENT"] });
    expect(await read("key", { VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "one", VersionId: first });
    await put("key", "three");
    expect(await read("key", { VersionStage: "AWSPREVIOUS" })).toMatchObject({ SecretString: "two" });
    await expect(read("key", { VersionId: first })).rejects.toThrow(ResourceNotFoundException);
  });

  it("can be given a pending value that nobody reads by default", async () => {
    const { client, read, create, put } = localSecrets();
    await create("key", "one");
    const { VersionId = "" } = await put("key", "two", { VersionStages: ["AWSPENDING"] });
    expect(await read("key")).toMatchObject({ SecretString: "one" });
    expect(await read("key", { VersionStage: "AWSPENDING" })).toMatchObject({ SecretString: "two" });
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: "key" }));
    expect(VersionIdsToStages?.[VersionId]).toEqual(["AWSPENDING"]);
  });

  it("takes the same version twice, and not with another value", async () => {
    const { read, create, put } = localSecrets();
    await create("key", "one");
    const ClientRequestToken = "11111111-1111-4111-8111-111111111111";
    await put("key", "two", { ClientRequestToken });
    await put("key", "two", { ClientRequestToken });
    await expect(put("key", "three", { ClientRequestToken })).rejects.toThrow(ResourceExistsException);
    expect(await read("key")).toMatchObject({ SecretString: "two", VersionId: ClientRequestToken });
  });

  it("can be updated in description and value, and listed", async () => {
    const { client, read, create } = localSecrets();
    await create("a");
    await create("b");
    await client.send(new UpdateSecretCommand({ SecretId: "a", Description: "Adobe", SecretString: "two" }));
    expect(await read("a")).toMatchObject({ SecretString: "two" });
    const first = await client.send(new ListSecretsCommand({ MaxResults: 1 }));
    expect(first.SecretList).toMatchObject([{ Name: "a", Description: "Adobe" }]);
    const rest = await client.send(new ListSecretsCommand({ NextToken: first.NextToken }));
    expect(rest.SecretList?.map(({ Name }) => Name)).toEqual(["b"]);
    expect(rest.NextToken).toBeUndefined();
  });

  it("is not readable once deleted, and gone once deleted by force", async () => {
    const { client, read, create, clock } = localSecrets();
    await create("key");
    const { DeletionDate } = await client.send(new DeleteSecretCommand({ SecretId: "key", RecoveryWindowInDays: 7 }));
    expect(DeletionDate).toEqual(new Date(clock.now() + 7 * 86_400_000));
    await expect(read("key")).rejects.toThrow(InvalidRequestException);
    await expect(create("key")).rejects.toThrow(InvalidRequestException);
    await client.send(new DeleteSecretCommand({ SecretId: "key", ForceDeleteWithoutRecovery: true }));
    await expect(read("key")).rejects.toThrow(ResourceNotFoundException);
    await create("key");
  });
});

describe("Secrets Manager", () => {
  it("answers mistakes as AWS does", async () => {
    const { client, read, create } = localSecrets();
    await create("key");
    await expect(read("other")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    });
    await expect(read("key", { VersionStage: "AWSPREVIOUS" })).rejects.toThrow("staging label: AWSPREVIOUS");
    await expect(create("key")).rejects.toThrow(ResourceExistsException);
    await expect(create("a b")).rejects.toMatchObject({ name: "ValidationException" });
    await expect(client.send(new PutSecretValueCommand({ SecretId: "key" }))).rejects.toThrow(
      InvalidParameterException,
    );
    const both = { SecretString: "x", SecretBinary: Uint8Array.of(1) };
    await expect(client.send(new UpdateSecretCommand({ SecretId: "key", ...both }))).rejects.toThrow(
      InvalidParameterException,
    );
  });

  it("fails reads as often as it is told to", async () => {
    const { secrets, read, create } = localSecrets();
    const { ARN = "" } = await create("key");
    await create("other");
    const code = "AccessDeniedException";
    secrets.refuse({ action: "GetSecretValue", resource: "key", code, message: "Not allowed.", status: 400, times: 2 });
    expect(await read("other")).toMatchObject({ SecretString: "one" });
    await expect(read("key")).rejects.toMatchObject({ name: code, message: "Not allowed." });
    await expect(read(ARN)).rejects.toMatchObject({ name: code });
    expect(await read("key")).toMatchObject({ SecretString: "one" });
  });
});
