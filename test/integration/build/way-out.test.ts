import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { certificate } from "../../support/certificates.ts";
import { temporaryFolder } from "../../support/folders.ts";
import { synthesizeInto, templateOf } from "./template-of.ts";

const { cert, key } = certificate("Root of this company");
const fileWith = (text: string) => {
  const file = join(temporaryFolder(), "some.pem");
  writeFileSync(file, text);
  return file;
};
const functions = "AWS::Lambda::Function";

describe("the way out of the functions", () => {
  it("is direct, and Lambda's own, where nothing is chosen", () => {
    const template = templateOf();
    template.allResourcesProperties(functions, {
      Layers: Match.absent(),
      Environment: {
        Variables: Match.objectLike({ HTTPS_PROXY: Match.absent(), NODE_EXTRA_CA_CERTS: Match.absent() }),
      },
    });
    template.resourceCountIs("AWS::Lambda::LayerVersion", 0);
  });

  it("is a proxy for every function, but for the hosts that need none", () => {
    const variables = { HTTPS_PROXY: "http://proxy.example.com:3128", NO_PROXY: ".amazonaws.com" };
    const template = templateOf({ httpsProxy: variables.HTTPS_PROXY, noProxy: variables.NO_PROXY });
    template.allResourcesProperties(functions, { Environment: { Variables: Match.objectLike(variables) } });
  });

  it("trusts the certificates of a file, which every function finds in a layer", () => {
    const outdir = temporaryFolder();
    synthesizeInto(outdir, { extraCaCerts: fileWith(cert) });
    const template = JSON.parse(readFileSync(join(outdir, "UmapiWorkers.template.json"), "utf8"));
    const resources = Object.entries<{ Type: string; Properties: Record<string, unknown> }>(template.Resources);
    const [layer] = resources.filter(([, { Type }]) => Type === "AWS::Lambda::LayerVersion");
    for (const [, { Type, Properties }] of resources)
      if (Type === functions)
        expect(Properties).toMatchObject({
          Layers: [{ Ref: layer?.[0] }],
          Environment: { Variables: { NODE_EXTRA_CA_CERTS: "/opt/extra-ca-certs.pem" } },
        });
    const { files } = JSON.parse(readFileSync(join(outdir, "UmapiWorkers.assets.json"), "utf8"));
    const [content] = Object.values<{ displayName: string; source: { path: string } }>(files).filter(
      ({ displayName }) => displayName.includes("CaCertificates"),
    );
    expect(readFileSync(join(outdir, content?.source.path ?? "", "extra-ca-certs.pem"), "utf8")).toBe(cert);
  });

  it.each([
    ["a proxy that is not a URL", () => ({ httpsProxy: "http://proxy:port" }), /httpsProxy is not a URL/],
    ["a proxy for SOCKS", () => ({ httpsProxy: "socks5://proxy:1080" }), /expected one that speaks http/],
    [
      "a file that is not there",
      () => ({ extraCaCerts: "nowhere.pem" }),
      /extraCaCerts is "nowhere\.pem", which cannot be read/,
    ],
    ["a file without certificates", () => ({ extraCaCerts: fileWith("no") }), /expected certificates in PEM/],
    ["a file with a private key", () => ({ extraCaCerts: fileWith(cert + key) }), /and no private key/],
  ])("is refused with %s", (_, props, words) => {
    expect(() => templateOf(props())).toThrow(words);
  });
});
