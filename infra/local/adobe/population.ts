import { type Group, join } from "./groups.ts";
import type { NewUser, Organisation } from "./organisation.ts";

/**
 * The initial content of an organisation that is not empty: a company with departments that hold most of its licences.
 */

const FIRST_NAMES =
  "Ada Alan Anna Ben Cem Chen Dana David Elif Emma Farid Fiona Grace Hana Hugo Ines Ivan Joon Kofi Lara Leon Lucía Marc Mei Mina Nina Noah Olga Omar Paula Pedro Priya Rosa Ruth Sam Sara Tariq Uma Yuki".split(
    " ",
  );
const LAST_NAMES =
  "Abbott Adeyemi Baker Becker Brown Chavez Costa Diaz Dubois Evans Fischer García Green Haddad Hansen Ito Jansen Jones Kaya Khan Kim Kowalski Lee Lopez Martin Meyer Mori Novak O'Brien Okafor Patel Reyes Rossi Sato Silva Singh Smith Tanaka Turner Vargas Walker Weber Wong Young Zhang".split(
    " ",
  );
const COUNTRIES = ["US", "US", "US", "DE", "GB", "FR", "JP", "IN", "BR", "ES"];

const DESIGN_TOOLS = "Default Creative Cloud All Apps - 100 GB";
const PDF_TOOLS = "Default Acrobat Pro";
/** UMAPI docs, glossary: groups are named after departments, such as "U.S.FinanceOperations". */
const DEPARTMENTS: Readonly<Record<string, readonly string[]>> = {
  Design: [DESIGN_TOOLS],
  Engineering: [],
  "EU Human Resources": [PDF_TOOLS],
  Legal: [PDF_TOOLS],
  Marketing: [DESIGN_TOOLS, PDF_TOOLS],
  Sales: [PDF_TOOLS],
  "U.S.FinanceOperations": [PDF_TOOLS],
};
const PHOTOSHOP = "Photoshop - 2Gb";
/** A group that another organisation shares. Only that one can change its members. */
const SHARED = "Agency Partners";

/** A second contract beside the one that every organisation has. */
const CONTRACT = "BCDEFA3F5A9DB8F0345B";

/** Adds `count` people, always the same ones, and the groups and profiles that they are in. */
export function populate(organisation: Organisation, count: number): void {
  const { groups } = organisation;
  const profile = (name: string, productName: string, licenseQuota: number) =>
    groups.create({ name, type: "PRODUCT_PROFILE", productName, licenseQuota });
  const profiles = [
    profile(DESIGN_TOOLS, "Creative Cloud All Apps", count),
    profile(PDF_TOOLS, "Acrobat Pro", count),
    // It has fewer licences than members, so that some members are inactive.
    profile(PHOTOSHOP, "Photoshop", Math.ceil(count / 20)),
  ];
  groups.create({ name: SHARED, type: "USER_GROUP", readOnly: true });
  organisation.addContract("VIP", CONTRACT);
  const departments = Object.entries(DEPARTMENTS).map(([name, entitlements]) => {
    const department = groups.create({ name, type: "USER_GROUP" });
    for (const each of profiles) if (entitlements.includes(each.name)) department.profiles.add(each);
    return department;
  });
  for (let number = 0; number < count; number++) {
    const user = organisation.addUser(person(number));
    const department = departments[number % departments.length];
    for (const group of department === undefined ? [] : [department, ...extras(number, department, organisation)]) {
      join(user, group);
    }
  }
}

/**
 * What a person has besides a department: one in ten has Photoshop, one in 20 the shared group, and one in 500
 * administers the department. The first person administers everything.
 */
function extras(number: number, department: Group, { groups }: Organisation): Group[] {
  const names = [
    ...(number === 0 ? ["_org_admin", "_product_admin_Photoshop", `_admin_${CONTRACT}_CONTRACT_GROUP`] : []),
    ...(number === 1 ? ["_support_admin", `_developer_${PHOTOSHOP}`] : []),
    ...(number === 2 ? ["_deployment_admin", `_admin_${PHOTOSHOP}`] : []),
    ...(number % 10 === 0 ? [PHOTOSHOP] : []),
    ...(number % 20 === 3 ? [SHARED] : []),
    ...(number % 500 === 0 ? [`_admin_${department.name}`] : []),
  ];
  return names.flatMap((name) => groups.find(name) ?? []);
}

/**
 * The person with a number. Of ten persons, six have federated IDs (one of them with a username that is not the email),
 * three enterprise IDs, and one an Adobe ID, which shows its owner's name but no country.
 */
function person(number: number): NewUser {
  const firstname = FIRST_NAMES[number % FIRST_NAMES.length] ?? "";
  const lastname = LAST_NAMES[Math.floor(number / FIRST_NAMES.length) % LAST_NAMES.length] ?? "";
  const round = Math.floor(number / (FIRST_NAMES.length * LAST_NAMES.length));
  const login = `${ascii(firstname)}.${ascii(lastname)}${round === 0 ? "" : round + 1}`;
  const country = COUNTRIES[Math.floor(number / 10) % COUNTRIES.length] ?? "US";
  const kind = number % 10;
  if (kind === 9) {
    const email = `${login}@example.org`;
    return { type: "adobeID", email, username: email, domain: "example.org", firstname, lastname };
  }
  const email = `${login}@example.com`;
  const username = kind === 5 ? `${login.replace(".", "-")}` : email;
  const type = kind < 6 ? "federatedID" : "enterpriseID";
  return { type, email, username, domain: "example.com", firstname, lastname, country };
}

/** In lower case, without accents and apostrophes. */
function ascii(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();
}
