import { generateKeyPairSync } from "node:crypto";
import { sharedFolder } from "./folders.ts";
import { runInProcess } from "./umapi-in-process.ts";

/** Values of one credential, of Adobe's forms. */
export const values = {
  orgId: "A495E53F0000000000000001@AdobeOrg",
  clientId: "1234e5678c0ffee0000000000000000f",
  clientSecret: "p8e-Quillfeather0000000000000000",
  technicalAccountId: "0123456789ABCDEF01234567@techacct.adobe.com",
};

const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
export const key = pair.privateKey;
export const publicKey = pair.publicKey;
/** PKCS#8 */
export const pem = key.export({ type: "pkcs8", format: "pem" }).toString();

/** A folder of configuration files for one file of tests. */
export function configFolder() {
  const { path, at, write } = sharedFolder();
  return {
    at,
    write,
    /** `umapi import-config <file> --dry-run <args>`. What it writes shows no secret. */
    async imported(file: string, ...args: readonly string[]) {
      const { error, stdout, stderr } = await runInProcess(["import-config", file, "--dry-run", ...args]);
      const message = error instanceof Error ? error.message.replaceAll(`${path}/`, "") : "";
      const said = stderr.replaceAll(`${path}/`, "");
      for (const secret of ["Quillfeather", pem.split("\n")[1] ?? "", "swordfish"])
        if ((stdout + said + message).includes(secret))
          throw new Error(`It shows a secret: ${stdout}${said}${message}`);
      return { message, stdout, stderr: said };
    },
  };
}
