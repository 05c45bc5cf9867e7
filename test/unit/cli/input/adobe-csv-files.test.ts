/**
 * Files of the shape of each CSV file in Adobe's public repositories: `umapi-documentation/samples`, the examples and
 * tests of `user-sync.py` through its history, `umapi-sdk`, what `umapi-cli` describes, and the Admin Console's own.
 */
import { describe, expect, test } from "vitest";
import type { CsvChoices } from "../../../../cli/input/input.ts";
import { readFileText, refusalOf } from "../../../support/read-file-text.ts";

const option = "updateIfAlreadyExists";
const ann = { email: "ann@example.com", firstname: "Ann", lastname: "Lee", country: "US", option };
const add = (...group: string[]) => ({ add: { group } });

const created = (user: string, ...steps: unknown[]) => ({ user, do: steps });
const removed = (user: string, more: object = {}) => ({ user, ...more, do: [{ removeFromOrg: {} }] });

const files: [name: string, lines: string[], commands: unknown[], given?: Partial<CsvChoices>][] = [
  [
    "the sample of the documentation",
    ["upn,mail,firstname,lastname,country_code,groups", 'ann@example.com,ann@example.com,Ann,Lee,US,"One,Two"'],
    [created("ann@example.com", { createFederatedID: ann }, add("One", "Two"))],
  ],
  [
    "the sync tool's users file, with a kind for some",
    [
      "firstname,lastname,email,country,groups,type,username,domain",
      'Ann,Lee,ann@example.com,US,"All",enterpriseID,,',
      'Ann,Lee,ann@example.com,US,"All",,,',
    ],
    [
      created("ann@example.com", { createEnterpriseID: ann }, add("All")),
      created("ann@example.com", { createFederatedID: ann }, add("All")),
    ],
  ],
  [
    "the same of former days: short lines, user for username",
    [
      "firstname,lastname,email,country,groups,type,user,domain",
      'Ann,Lee,ann@example.com,US,"All",adobeID',
      "Ann,Lee,ann@example.com,US",
    ],
    [
      created("ann@example.com", { addAdobeID: ann }, add("All")),
      created("ann@example.com", { createFederatedID: ann }),
    ],
  ],
  [
    "the first of them: by tabs, without kinds",
    ["firstname\tlastname\temail\tcountry\tgroups\tuser\tdomain", 'Ann\tLee\tann@example.com\tUS\t"All"'],
    [created("ann@example.com", { createFederatedID: ann }, add("All"))],
  ],
  [
    "one with usernames, which an Enterprise ID has only in its email",
    [
      "firstname,lastname,email,country,groups,type,username,domain",
      "Ann,Lee,ann@example.com,US,,enterpriseID,ann,example.com",
      "Ann,Lee,ann@example.com,US,,federatedID,ann,example.com",
    ],
    [
      created("ann@example.com", { createEnterpriseID: ann }),
      { ...created("ann", { createFederatedID: ann }), domain: "example.com" },
    ],
  ],
  [
    "one with attributes of one's own",
    [
      "firstname,lastname,email,country,groups,bc,subco,type,username,domain",
      'Ann,Lee,ann@example.com,US,,JP12,"Unit 1",federatedID',
    ],
    [created("ann@example.com", { createFederatedID: ann })],
  ],
  [
    "its tests' file, whose lines are short and whose last columns are its own",
    [
      "firstname,lastname,email,country,groups,type,username,domain,untracked,extraattribute",
      "Ann,Lee,ann@example.com,US,All",
      "Ann,Lee,ann@example.com,US,All,federatedID,ann@example.com,example.com,untracked,Adobe",
    ],
    [
      created("ann@example.com", { createFederatedID: ann }, add("All")),
      created("ann@example.com", { createFederatedID: ann }, add("All")),
    ],
  ],
  [
    "its remove list",
    [
      "type,username,domain",
      "adobeID,jim@else.example,",
      "enterpriseID,joe@ent.example,",
      "federatedID,jo,fed.example",
    ],
    [
      removed("jim@else.example", { useAdobeID: true }),
      removed("joe@ent.example"),
      removed("jo", { domain: "fed.example" }),
    ],
  ],
  ["its remove list of former days", ["user,domain", "joe@example.com,"], [removed("joe@example.com")]],
  [
    "the list that it writes of users whom only Adobe has",
    ["type,email,domain", "federatedID,joe@example.com,example.com"],
    [removed("joe@example.com")],
  ],
  [
    "the Admin Console's export",
    [
      "Identity Type,Username,Domain,Email,First Name,Last Name,Country Code,ID,Product Configurations,Admin Roles,User Groups,Developer Access",
      'Federated ID,ann,ad.example.com,ann@example.com,Ann,Lee,US,0A1B,"One,Two",,Three,',
      "Enterprise ID,ann@example.com,example.com,ann@example.com,Ann,Lee,US,0A1C,,,,",
    ],
    [
      { ...created("ann", { createFederatedID: ann }, add("One", "Two", "Three")), domain: "ad.example.com" },
      created("ann@example.com", { createEnterpriseID: ann }),
    ],
  ],
  [
    "the list of usernames to set",
    ["Username,Email", "ann-1,ann@example.com"],
    [created("ann@example.com", { update: { username: "ann-1" } })],
    { action: "update" },
  ],
  [
    "what the command line takes to create",
    [
      "type,firstname,lastname,email,username,domain,country,groups",
      'federatedID,Ann,Lee,ann@example.com,ann@example.com,example.com,US,"One,Two"',
    ],
    [created("ann@example.com", { createFederatedID: ann }, add("One", "Two"))],
  ],
  [
    "what the command line takes to update",
    [
      "email,email_new,username,firstname,lastname,add_groups,remove_groups",
      'ann@example.com,a@example.com,,,Ray,"One,Two",Three',
    ],
    [
      created(
        "ann@example.com",
        { update: { email: "a@example.com", lastname: "Ray" } },
        { remove: { group: ["Three"] } },
        add("One", "Two"),
      ),
    ],
    { action: "update" },
  ],
  ["what the command line takes to remove", ["email,hard_delete", "joe@example.com,N"], [removed("joe@example.com")]],
];

describe("a CSV file of Adobe's is read as it is meant:", () => {
  test.each(files)("%s", async (_, lines, commands, given) => {
    for (const lineEnd of ["\n", "\r\n"]) {
      const { entries, faults } = await readFileText(lines.join(lineEnd), given);
      expect(faults).toEqual([]);
      expect(entries.map(({ command }) => command)).toEqual(commands);
    }
  });

  test("what it says beyond that is not passed over: another organisation, an account to destroy", async () => {
    expect(await refusalOf("type,email,domain,umapi\nfederatedID,joe@example.com,,second\n")).toMatch(
      /^line 2, column umapi: "second"; expected an empty cell/,
    );
    expect(await refusalOf("email,hard_delete\njoe@example.com,Y\n")).toMatch(
      /^line 2, column hard_delete: "Y"; expected N: this would destroy the account/,
    );
  });
});
